using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AudioRelay.Architecture.Tests;

/// <summary>What nobody starts cannot be given hostile arguments (S11): the tests ask that each program it will start be looked at first.</summary>
public sealed class ChildProcessTests
{
    [Theory]
    [InlineData("AudioRelay.Media")]
    [InlineData("AudioRelay.Storage")]
    [InlineData("AudioRelay.Actors")]
    [InlineData("AudioRelay.Streams")]
    [InlineData("AudioRelay.Http")]
    [InlineData("audiorelay")]
    public void The_program_starts_no_other_program(string assembly) => Assert.DoesNotContain("Process.Start", CallsOf(assembly));

    [Fact]
    public void A_program_that_starts_one_would_be_found() => Assert.Contains("Process.Start", CallsOf("AudioRelay.TestKit"));

    private static HashSet<string> CallsOf(string assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
        using var image = new PEReader(File.OpenRead(file));
        var reader = image.GetMetadataReader();
        return
        [
            .. reader
                .MemberReferences.Select(reader.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference)
                .Select(member =>
                {
                    var type = reader.GetTypeReference((TypeReferenceHandle)member.Parent);
                    return $"{reader.GetString(type.Name)}.{reader.GetString(member.Name)}";
                }),
        ];
    }
}
