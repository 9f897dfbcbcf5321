using AudioRelay.Storage.Sqlite;
using AudioRelay.Storage.Tests.Support;

namespace AudioRelay.Storage.Tests.Sqlite;

/// <summary>Files that must not be recorded to, and stay as they are.</summary>
public sealed class RefusedFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("show.sqlite");

    [Fact]
    public void A_recipients_file_is_refused_with_the_words_of_the_sync_design()
    {
        PredecessorFile.Create(Path).Dispose();
        Sql.Execute(Path, "update metadata set value = 'true' where key = 'is_recipient'");
        var error = Refused(StorageFault.IsRecipient);
        Assert.Equal("Cannot record to a recipient database. This database is configured for syncing only.", error.Message);
        Assert.NotNull(SqliteShowReader.Open(Path));
    }

    [Theory]
    [InlineData("name", "other")]
    [InlineData("audio_format", "aac")]
    [InlineData("bitrate", "24")]
    public void A_file_of_another_show_is_refused_with_both_values(string key, string stored)
    {
        PredecessorFile.Create(Path).Dispose();
        Sql.Execute(Path, $"update metadata set value = '{stored}' where key = '{key}'");
        var error = Refused(StorageFault.ConfigMismatch);
        Assert.StartsWith($"Config mismatch: {key} is '{stored}' in ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update metadata set value = '3' where key = 'version'", "Unsupported database version")]
    [InlineData("delete from metadata where key = 'version'", "Unsupported database version")]
    public void Another_schema_version_of_the_predecessor_is_refused_for_reading_too(string change, string message)
    {
        PredecessorFile.Create(Path).Dispose();
        Sql.Execute(Path, change);
        Assert.StartsWith(message, Refused(StorageFault.WrongVersion).Message, StringComparison.Ordinal);
        Assert.Equal(StorageFault.WrongVersion, Assert.Throws<StorageException>(() => SqliteShowReader.Open(Path)).Fault);
    }

    [Fact]
    public void A_file_of_a_newer_release_is_refused_for_reading_too()
    {
        Recording.Create(Path).Dispose();
        Sql.Execute(Path, "insert into audiorelay_schema (version) values (99)");
        Assert.Contains("newer release", Refused(StorageFault.NewerSchema).Message, StringComparison.Ordinal);
        Assert.Equal(StorageFault.NewerSchema, Assert.Throws<StorageException>(() => SqliteShowReader.Open(Path)).Fault);
    }

    [Fact]
    public void Someone_elses_database_is_refused_and_left_as_it_is()
    {
        Sql.Execute(Path, "create table recipes (name text)");
        var before = File.ReadAllBytes(Path);
        Refused(StorageFault.NotADatabase);
        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Equal(StorageFault.NotADatabase, Assert.Throws<StorageException>(() => SqliteShowReader.Open(Path)).Fault);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        var before = Recording.Bytes(1, 5000);
        File.WriteAllBytes(Path, before);
        Refused(StorageFault.NotADatabase);
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Fact]
    public void A_missing_file_is_told_by_name()
    {
        var error = Assert.Throws<StorageException>(() => SqliteShowReader.Open(Path));
        Assert.Equal(StorageFault.NotFound, error.Fault);
        Assert.Equal($"Database file not found: {Path}", error.Message);
    }

    [Fact]
    public async Task An_immutable_open_reads_a_file_and_leaves_nothing_beside_it()
    {
        var path = _folder.File("a ? show%20 #1.sqlite");
        using (var store = Recording.Create(path))
        {
            new Recording(store).Section(1_790_000_000_000_000);
        }

        File.Delete(System.IO.Path.ChangeExtension(path, ".lock"));
        await using (var reader = SqliteShowReader.Open(path, immutable: true))
        {
            Assert.Equal(3, (await reader.InfoAsync()).MaxId);
            Assert.Equal([path], Directory.GetFiles(_folder.Path));
        }
    }

    public void Dispose() => _folder.Dispose();

    private StorageException Refused(StorageFault fault)
    {
        var error = Assert.Throws<StorageException>(() => Recording.Create(Path));
        Assert.Equal(fault, error.Fault);
        return error;
    }
}
