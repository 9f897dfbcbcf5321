using System.Reflection;
using AudioRelay.Http.Security;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Http.Tests.Security;

public sealed class TokenBookTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_token_is_found_by_itself_and_told_when_it_was_used()
    {
        var book = new TokenBook([new("old", AccessScopes.Listen, "a"), new("new", AccessScopes.All, "b")], _time);

        Assert.Null(book.Find("neither"));
        Assert.Null(book.Find(""));
        Assert.All(book.Uses, use => Assert.Null(use.LastUsedUs));
        Assert.Equal("b", book.Find("new")?.Name);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("a", book.Find("old")?.Name);

        Assert.Equal(5_000_000, book.Uses[0].LastUsedUs - book.Uses[1].LastUsedUs);
    }

    [Fact]
    public void A_cookie_names_a_token_by_what_cannot_be_turned_back()
    {
        var grant = new TokenGrant("the token", AccessScopes.Listen);
        var book = new TokenBook([grant], _time);

        Assert.Same(grant, book.FindFingerprint(grant.Fingerprint));
        Assert.Null(book.FindFingerprint(grant.Hash.AsSpan(0, TokenBook.FingerprintLength)));
        Assert.Null(book.FindFingerprint([]));
    }

    [Fact]
    public void No_token_can_be_read_out_of_what_is_kept()
    {
        var grant = new TokenGrant("the token itself", AccessScopes.Listen, "name");

        var texts = typeof(TokenGrant)
            .GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            .Select(field => field.GetValue(grant))
            .OfType<string>();

        Assert.Equal(["name"], texts);
        Assert.DoesNotContain("itself", grant.ToString(), StringComparison.Ordinal);
    }
}
