using AudioRelay.Http.Shows;
using AudioRelay.Http.Tests.Support;
using AudioRelay.TestKit.Fixtures;
using Microsoft.AspNetCore.Routing;

namespace AudioRelay.Http.Tests.Contract;

/// <summary>docs/openapi.json is the contract: made of the routes, checked in, and served by every role.</summary>
public sealed class ContractTests
{
    private const string Refresh = "AUDIORELAY_WRITE_CONTRACT";

    [Fact]
    public async Task The_document_that_is_checked_in_is_what_the_routes_are()
    {
        var (document, file) = (await Document(), Checkout.File("docs", "openapi.json"));
        var made = document.ToString();
        if (Environment.GetEnvironmentVariable(Refresh) == "1")
        {
            await File.WriteAllTextAsync(file, made, TestContext.Current.CancellationToken);
        }

        var kept = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.True(
            kept == made,
            $"The routes have changed. Run this test once with {Refresh}=1, look at the difference in docs/openapi.json and check it in."
        );
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_no_entry_has_lost_its_route()
    {
        var document = await Document();
        Assert.Empty(RouteDocs.Without(document.Routes));
        var names = document.Routes.Select(route => RouteDocs.Of(route.Split(' ')[0], route.Split(' ')[1]).Id).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public async Task Every_role_serves_it()
    {
        foreach (var mode in (string[])[ShowModes.Record, ShowModes.Receiver, ShowModes.Inspect])
        {
            await using var running = await GuardedServer.Start(mode);
            using var client = running.Client();
            client.DefaultRequestHeaders.Authorization = new("Bearer", GuardedServer.Everything);
            var served = await client.GetStringAsync("/api/openapi.json", TestContext.Current.CancellationToken);
            Assert.StartsWith("{\n  \"openapi\": \"3.1.1\"", served, StringComparison.Ordinal);
        }
    }

    private static async Task<ContractDocument> Document()
    {
        var document = new ContractDocument();
        foreach (var mode in (string[])[ShowModes.Receiver, ShowModes.Record])
        {
            await using var running = await GuardedServer.Start(mode);
            document.Add(running.Server.Endpoints.OfType<RouteEndpoint>());
        }

        return document;
    }
}
