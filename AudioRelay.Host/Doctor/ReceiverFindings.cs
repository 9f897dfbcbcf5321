using AudioRelay.Host.Roles;

namespace AudioRelay.Host.Doctor;

/// <summary>What a receiver needs beside the machine: its recorders and its database server.</summary>
internal static class ReceiverFindings
{
    public static async Task<IReadOnlyList<Finding>> LookAsync(ReceiverOptions options, HostContext context, CancellationToken stop)
    {
        var connect = Recorders.Connect(context.Time);
        var recorders = options.Remotes.Select(plan => RecorderFinding.LookAsync(plan, connect, context.Time, stop));
        List<Finding> findings = [.. await Task.WhenAll(recorders)];
        if (options.Config.Database is not null)
        {
            await using var stores = ReceiverStores.OnServer(options, context.Time, context.Random);
            findings.Add(await DatabaseFinding.LookAsync(stores, stop));
        }

        return findings;
    }
}
