using AudioRelay.Storage.Control;
using AudioRelay.TestKit.Postgres;

namespace AudioRelay.Storage.Tests.Postgres;

public sealed class PostgresControlTests(SharedPostgres shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bookmarks_are_added_listed_changed_and_removed()
    {
        await using var stores = await PostgresTestStores.OpenAsync(shared);
        var control = stores.Control;
        Assert.Empty(await control.BookmarksAsync(null, Token));
        var first = await control.AddBookmarkAsync(new NewBookmark("db_1", 100, null, "a", 1), Token);
        var second = await control.AddBookmarkAsync(new NewBookmark("db_2", 200, 300, "b \0'", 2), Token);
        Assert.Equal([second, first], await control.BookmarksAsync(null, Token));
        Assert.Equal([first], await control.BookmarksAsync(["db_1"], Token));
        Assert.Equal("b \ufffd'", second.Note);
        Assert.Equal(first with { Note = "new" }, await control.ChangeBookmarkAsync(first.Id, "new", Token));
        Assert.Null(await control.ChangeBookmarkAsync(99, "new", Token));
        Assert.True(await control.RemoveBookmarkAsync(second.Id, Token));
        Assert.False(await control.RemoveBookmarkAsync(second.Id, Token));
        Assert.Equal([first with { Note = "new" }], await control.BookmarksAsync(null, Token));
    }

    [Fact]
    public async Task The_control_database_is_made_once_whoever_comes_first()
    {
        await using var stores = await PostgresTestStores.OpenAsync(shared);
        await using var others = PostgresTestStores.Open(
            PostgresTestStores.Options(await shared.Server, prefix: (await shared.Server).NewPrefix())
        );
        var all = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => others.Control.AddBookmarkAsync(new NewBookmark("db", i, null, "", i), Token).AsTask())
        );
        Assert.Equal(8, all.Select(b => b.Id).Distinct().Count());
        Assert.Empty(await stores.Control.BookmarksAsync(null, Token));
    }
}
