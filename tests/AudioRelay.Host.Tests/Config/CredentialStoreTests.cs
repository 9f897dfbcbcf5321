using AudioRelay.Host.Config;
using AudioRelay.Host.Config.Credentials;
using AudioRelay.Http.Security;

namespace AudioRelay.Host.Tests.Config;

public sealed class CredentialStoreTests : IDisposable
{
    private const string File = ".config/audiorelay/credentials.toml";
    private readonly ConfigFolder folder = new();

    public void Dispose() => folder.Dispose();

    private CredentialStore Store => new(folder.Environment);

    [Fact]
    public void The_environment_wins_over_a_file_it_names_which_wins_over_the_credentials_file()
    {
        folder.Write(File, "[postgres.my-db]\npassword = 'from credentials'\n");
        Assert.Equal("from credentials", Store.PostgresPassword("my-db").Reveal());

        folder.Variables["CRED_POSTGRES_MY_DB_PASSWORD_FILE"] = folder.Write("secret", "from file\n");
        Assert.Equal("from file", Store.PostgresPassword("my-db").Reveal());

        folder.Variables["CRED_POSTGRES_MY_DB_PASSWORD"] = "from environment";
        Assert.Equal("from environment", Store.PostgresPassword("my-db").Reveal());
    }

    [Fact]
    public void A_token_opens_everything_unless_it_says_what()
    {
        folder.Write(File, "[token.a]\ntoken = 'x'\n[token.b]\ntoken = 'y'\nscopes = ['listen', 'sync-read']\n");
        folder.Variables["CRED_TOKEN_C"] = "z";
        folder.Variables["CRED_TOKEN_C_SCOPES"] = "admin";

        Assert.Equal(AccessScopes.All, Store.Token("a").Scopes);
        Assert.Equal(AccessScopes.Listen | AccessScopes.SyncRead, Store.Token("b").Scopes);
        Assert.Equal(("z", AccessScopes.Admin), (Store.Token("c").Value.Reveal(), Store.Token("c").Scopes));
    }

    [Fact]
    public void The_predecessors_files_are_found_in_both_of_their_forms()
    {
        folder.Write(".config/save_audio_stream/credentials", "[db]\npassword = 'oldest'\n");
        Assert.Equal("oldest", Store.PostgresPassword("db").Reveal());

        folder.Write(".config/save_audio_stream/credentials.toml", "[postgres.db]\npassword = 'old'\n");
        Assert.Equal("old", Store.PostgresPassword("db").Reveal());
    }

    [Fact]
    public void A_missing_one_names_the_variable_and_the_file_to_put_it_in()
    {
        var refused = Assert.Throws<ConfigException>(() => Store.Token("main"));

        Assert.Contains("CRED_TOKEN_MAIN", refused.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.Home, File), refused.Message, StringComparison.Ordinal);
        Assert.Contains("[token.main]", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[postgres.a]\npassword = hunter2\n")]
    [InlineData("[postgres.a]\npassword = \"hunter2\n")]
    [InlineData("[postgres.a]\npassword = ['hunter2']\n")]
    public void No_message_ever_repeats_a_secret(string text)
    {
        folder.Write(File, text);

        var refused = Assert.Throws<ConfigException>(() => Store.PostgresPassword("a"));

        Assert.Contains("credentials.toml:2:", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "hunter2",
            new AccessToken("a", new Secret("hunter2"), AccessScopes.All).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_that_others_may_read_is_pointed_out()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such permissions");
            return;
        }
        var path = folder.Write(File, "[postgres.a]\npassword = 'x'\n");
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var open = Store;
        open.PostgresPassword("a");
        Assert.Contains("chmod 600", Assert.Single(open.Notes).Message, StringComparison.Ordinal);

        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var closed = Store;
        closed.PostgresPassword("a");
        Assert.Empty(closed.Notes);
    }
}
