using System.Xml.Linq;
using AudioRelay.TestKit.Fixtures;

namespace AudioRelay.Architecture.Tests;

/// <summary>The arrows of the house: who may reference whom.</summary>
public sealed class ArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["AudioRelay.Media"] = [],
        ["AudioRelay.Storage"] = [],
        ["AudioRelay.Actors"] = [],
        ["AudioRelay.Streams"] = ["AudioRelay.Media", "AudioRelay.Storage", "AudioRelay.Actors"],
        ["AudioRelay.Http"] = ["AudioRelay.Streams"],
        ["AudioRelay.Host"] = ["AudioRelay.Http"],
    };

    [Fact]
    public void Each_project_references_only_what_the_house_allows()
    {
        foreach (var (project, allowed) in Allowed)
        {
            var file = XDocument.Load(Checkout.File(project, project + ".csproj"));
            var references = file.Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.Equal(allowed.Order(), references.Order());
        }
    }

    [Fact]
    public void The_ground_floor_knows_no_web_and_no_actors()
    {
        foreach (var name in new[] { "AudioRelay.Media", "AudioRelay.Storage", "AudioRelay.Actors", "AudioRelay.Streams" })
        {
            var assembly = System.Reflection.Assembly.Load(name);
            Assert.DoesNotContain(
                assembly.GetReferencedAssemblies(),
                a => a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            );
        }
    }
}
