using System.Text.RegularExpressions;
using AudioRelay.Host.Config;
using AudioRelay.Host.Config.Credentials;
using AudioRelay.Http.Security;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Host.Tests.Config;

public sealed partial class ExampleFilesTests : IDisposable
{
    private readonly ConfigFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_examples_load_as_they_are()
    {
        var record = ConfigFiles.LoadRecord(Example("record"), folder.Environment);
        var receiver = ConfigFiles.LoadReceiver(Example("receiver"), folder.Environment);
        folder.Write(".config/audiorelay/credentials.toml", File.ReadAllText(Example("credentials")));

        Assert.Empty(record.Notes);
        Assert.Equal(["morning", "around-the-clock"], record.Value.Sessions.Select(session => session.Name));
        Assert.Empty(receiver.Notes);
        Assert.Null(receiver.Value.Database);
        Assert.Equal("replace-me", new CredentialStore(folder.Environment).PostgresPassword("default").Reveal());
        Assert.Equal(AccessScopes.All, new CredentialStore(folder.Environment).Token("main").Scopes);
    }

    [Fact]
    public void The_commented_lines_of_the_record_example_are_keys_that_exist_and_the_defaults_they_say()
    {
        folder.Write("radio.pem", "");
        folder.Write("radio.key", "");
        var text = Uncommented("record").Replace("/etc/ssl/", "~/", StringComparison.Ordinal);

        var written = folder.Record(text);
        var plain = folder.Record(File.ReadAllText(Example("record")));

        Assert.Equal(plain.Runtime, written.Runtime);
        Assert.Equal((plain.OutputDirectory, plain.DataDirectory), (written.OutputDirectory, written.DataDirectory));
        Assert.Equal(plain.Listen.Addresses, written.Listen.Addresses);
        Assert.Equal(plain.Listen.Port, written.Listen.Port);
        Assert.Equal(plain.MaxConnections, written.MaxConnections);
        Assert.Equal(plain.Sessions[1], written.Sessions[1] with { TitleCharset = null });
        Assert.Equal(plain.Sessions[0], written.Sessions[0] with { TitleCharset = null, BitrateKbps = null });
    }

    [Fact]
    public void The_commented_lines_of_the_receiver_example_are_keys_that_exist()
    {
        var text = Uncommented("receiver").Replace("remote_url = 'http://recorder.example.org:17000'", "", StringComparison.Ordinal);

        var error = Assert.Single(folder.ReceiverErrors(text));

        // The token of a single remote does not go with several, and the example shows both ways.
        Assert.Contains("'remote_token_profile'", error, StringComparison.Ordinal);
        var several = folder.Receiver(RemoteToken().Replace(text, ""));
        Assert.NotEmpty(several.Remotes);
        Assert.Equal(("default", "show"), (several.Database?.CredentialProfile, several.Database?.Prefix));
    }

    private static string Uncommented(string name) => CommentedKey().Replace(File.ReadAllText(Example(name)), "${key}");

    private static string Example(string name) => Checkout.File("config", $"{name}.example.toml");

    [GeneratedRegex(@"^# (?<key>[a-z_]+ = .*|\[.*\])$", RegexOptions.Multiline)]
    private static partial Regex CommentedKey();

    [GeneratedRegex("^remote_token_profile.*$", RegexOptions.Multiline)]
    private static partial Regex RemoteToken();
}
