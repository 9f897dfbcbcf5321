using AudioRelay.Http.Security.Redaction;

namespace AudioRelay.Http.Tests.Security.Redaction;

public sealed class RedactorTests
{
    private readonly Redactor _redactor = new();

    public RedactorTests()
    {
        foreach (var secret in new[] { "canary", "canary one", "", "abc" })
        {
            _redactor.Learn(secret);
        }
    }

    [Theory]
    [InlineData("it was canary one, and canary%20one, and canary", "canary")]
    [InlineData("GET http://x/t/0123456789ab.AAAAAAAAAAAA.BBBBBBBB/show/news/a.m3u8", "0123456789ab")]
    [InlineData("cannot reach http://bob:hunter2@station.example/live", "hunter2")]
    [InlineData("GET /live?token=hunter2&x=1 and ?API_KEY=hunter2", "hunter2")]
    [InlineData("Authorization: Bearer hunter2hunter2", "hunter2")]
    [InlineData("Host=db;Password=hunter2;Database=x", "hunter2")]
    public void No_secret_is_left(string text, string secret) =>
        Assert.DoesNotContain(secret, _redactor.Clean(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("GET http://x/t/short and abc stays, mailto bob@example.org, /show/a@b/x")]
    [InlineData("sign-in refused from 127.0.0.1")]
    [InlineData("http://station.example:8000/live?start_id=7&end_id=8")]
    public void What_is_no_secret_stays(string text) => Assert.Equal(text, _redactor.Clean(text));
}
