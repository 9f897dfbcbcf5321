using AudioRelay.Storage.Control;

namespace AudioRelay.Storage.Tests.Receiving;

/// <summary>What every control store promises, whatever keeps it.</summary>
public abstract class ControlStoreConformance
{
    private const long Noon = 1_790_000_000_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens the test's control store; called again after it was closed, it opens the same.</summary>
    protected abstract Task<IControlStore> OpenAsync();

    [Fact]
    public async Task Bookmarks_are_kept_newest_first_and_by_show()
    {
        Bookmark one,
            two,
            three;
        await using (var control = await OpenAsync())
        {
            Assert.Empty(await control.BookmarksAsync(null, Token));
            one = await control.AddBookmarkAsync(new NewBookmark("db_a", Noon, null, "", Noon + 1), Token);
            two = await control.AddBookmarkAsync(new NewBookmark("db_b", Noon, Noon + 5, "a 'quoted' ☂ note", Noon + 3), Token);
            three = await control.AddBookmarkAsync(new NewBookmark("db_a", Noon - 7, null, new string('n', 500), Noon + 2), Token);
            Assert.Equal(new Bookmark(two.Id, "db_b", Noon, Noon + 5, "a 'quoted' ☂ note", Noon + 3), two);
        }

        await using var again = await OpenAsync();
        Assert.Equal([two, three, one], await again.BookmarksAsync(null, Token));
        Assert.Equal([three, one], await again.BookmarksAsync(["db_a"], Token));
        Assert.Equal([two, three, one], await again.BookmarksAsync(["db_c", "db_b", "db_a"], Token));
        Assert.Empty(await again.BookmarksAsync(["db_c"], Token));
        Assert.Empty(await again.BookmarksAsync([], Token));
    }

    [Fact]
    public async Task A_note_is_changed_and_a_bookmark_removed_and_its_id_is_never_given_again()
    {
        await using var control = await OpenAsync();
        var mark = await control.AddBookmarkAsync(new NewBookmark("db_a", Noon, null, "before", Noon), Token);
        Assert.Equal(mark with { Note = "after" }, await control.ChangeBookmarkAsync(mark.Id, "after", Token));
        Assert.Equal([mark with { Note = "after" }], await control.BookmarksAsync(["db_a"], Token));
        Assert.True(await control.RemoveBookmarkAsync(mark.Id, Token));
        Assert.False(await control.RemoveBookmarkAsync(mark.Id, Token));
        Assert.Null(await control.ChangeBookmarkAsync(mark.Id, "again", Token));
        Assert.True((await control.AddBookmarkAsync(new NewBookmark("db_a", Noon, null, "", Noon), Token)).Id > mark.Id);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_refused()
    {
        await using var control = await OpenAsync();
        var fine = new NewBookmark("db_a", Noon, Noon + 1, "", Noon);
        NewBookmark[] bad =
        [
            fine with
            {
                Store = "",
            },
            fine with
            {
                UntilUs = Noon,
            },
            fine with
            {
                Note = new string('n', 501),
            },
            fine with
            {
                Note = "\0",
            },
        ];
        foreach (var bookmark in bad)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await control.AddBookmarkAsync(bookmark, Token));
        }

        var mark = await control.AddBookmarkAsync(fine, Token);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await control.ChangeBookmarkAsync(mark.Id, new string('n', 501), Token));
        Assert.Equal([mark], await control.BookmarksAsync(null, Token));
    }

    [Fact]
    public async Task Many_may_add_at_once()
    {
        await using var control = await OpenAsync();
        var marks = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => Task.Run(async () => await control.AddBookmarkAsync(new NewBookmark("db_a", i, null, "", Noon), Token)))
        );
        Assert.Equal(20, marks.Select(m => m.Id).Distinct().Count());
        Assert.Equal(20, (await control.BookmarksAsync(["db_a"], Token)).Count);
    }
}
