namespace AudioRelay.Actors.Tests;

public sealed class PublicApiTests
{
    /// <summary>A change of the surface is a line in the diff of PublicApi.txt, for a reviewer to see.</summary>
    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var actual = PublicApi.Of(typeof(ActorSystem).Assembly);
        var approved = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PublicApi.txt"));
        if (actual != approved)
        {
            var received = Path.Combine(Path.GetTempPath(), "AudioRelay.Actors.PublicApi.txt");
            File.WriteAllText(received, actual);
            Assert.Fail($"The public surface has changed. If that is meant: cp {received} tests/AudioRelay.Actors.Tests/PublicApi.txt");
        }
    }
}
