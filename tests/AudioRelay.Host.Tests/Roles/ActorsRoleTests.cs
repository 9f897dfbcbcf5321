using System.Text.Json;
using AudioRelay.Actors;
using AudioRelay.Actors.Inspection;
using AudioRelay.Host.Roles;
using AudioRelay.Host.Tests.Cli;
using AudioRelay.Host.Tests.Config;
using AudioRelay.Http.Admin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AudioRelay.Host.Tests.Roles;

/// <summary><c>audiorelay actors</c> against real actors behind a real socket.</summary>
public sealed class ActorsRoleTests : IAsyncLifetime
{
    private readonly ConfigFolder folder = new();
    private readonly ActorSystem actors = new(TimeProvider.System, new Random(1));
    private readonly WebApplication app;

    public ActorsRoleTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(actors);
        builder.Services.AddProblemDetails();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(AdminSocket.Prepare(folder.Home, "record")!));
        app = builder.Build();
        app.MapActors();
    }

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync();
        var show = actors.Spawn<string>("shows", context => new Parent(context));
        show.Tell("go");
        await Until(() => actors.Find("/shows/morning") is { Handled: 1 } && actors.Find("/shows") is { Handled: 1 });
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await actors.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_tree_shows_every_actor_below_its_parent_with_what_it_says_of_itself()
    {
        var run = await Run("tree");

        Assert.Equal(0, run.ExitCode);
        var lines = run.Out.Split('\n');
        Assert.Contains(
            lines,
            line => line.StartsWith("└─ shows", StringComparison.Ordinal) && line.Contains("has one child", StringComparison.Ordinal)
        );
        Assert.Contains(lines, line => line.StartsWith("   └─ morning  running     heard 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_actor_is_shown_in_detail_and_as_json()
    {
        var text = await Run("show", "/shows/morning");
        var json = JsonSerializer.Deserialize<ActorAnswer>((await Run("show", "/shows/morning", "--json")).Out, AdminJson.Options)!;

        Assert.Contains("last fault none", text.Out, StringComparison.Ordinal);
        Assert.Equal(("/shows/morning", ActorStatus.Running, "heard 1", 1L), (json.Path, json.Status, json.State, json.Handled));
    }

    [Fact]
    public async Task An_actor_is_restarted_on_request_and_its_log_tells_so()
    {
        var run = await Run("restart", "/shows/morning");
        Assert.Equal((0, "/shows/morning: asked to restart\n"), (run.ExitCode, run.Out));
        await Until(() => actors.Find("/shows/morning") is { Restarts: 1, Status: ActorStatus.Running });

        Assert.Contains("restarted, instance 2", (await Run("log", "/shows/morning")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_actor_is_stopped_on_request()
    {
        Assert.Equal(0, (await Run("stop", "/shows/morning")).ExitCode);

        await Until(() => actors.Find("/shows/morning") is null or { Status: ActorStatus.Stopped });
    }

    [Theory]
    [InlineData("show")]
    [InlineData("log")]
    [InlineData("restart")]
    [InlineData("stop")]
    public async Task An_actor_that_is_not_there_is_named(string verb)
    {
        var run = await Run(verb, "/shows/nobody");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("there is no actor /shows/nobody", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_runs_it_says_so_and_leftovers_are_not_taken_for_a_program()
    {
        using var empty = new ConfigFolder();
        empty.Write("run/record-1.sock", "");

        var run = await CommandLineRun.Of(empty, "actors", "tree", "--data", empty.Home);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no audiorelay is running", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        AdminSocket.Prepare(empty.Home, "inspect");
        Assert.Empty(Directory.EnumerateFiles(AdminSocket.Folder(empty.Home)));
    }

    [Fact]
    public void The_sockets_folder_is_its_owners_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such permissions");
            return;
        }
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(AdminSocket.Folder(folder.Home))
        );
    }

    private Task<CommandLineRun> Run(params string[] arguments) => CommandLineRun.Of(folder, ["pbm", .. arguments, "--data", folder.Home]);

    /// <summary>What was asked for happens on the actor's turn, a moment after the answer.</summary>
    private static async Task Until(Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
        }
    }

    private sealed class Parent(IActorContext<string> context) : IActor<string>
    {
        public void Receive(string message) => context.Spawn<string>("morning", _ => new Child()).Tell(message);

        public string Describe() => "has one child";
    }

    private sealed class Child : IActor<string>
    {
        private int heard;

        public void Receive(string message) => heard++;

        public string Describe() => $"heard {heard}";
    }
}
