using AudioRelay.Storage;
using AudioRelay.Streams.Receiver;
using AudioRelay.Streams.Sync.Client;

namespace AudioRelay.Host.Roles;

/// <summary>Replaces a show's source, and says how it went.</summary>
internal static class ReplaceSourceRole
{
    /// <returns>The process's exit code: 0 only if pulls go on with the new source.</returns>
    /// <exception cref="CliException">It was refused, or stores or recorder cannot be asked.</exception>
    public static async Task<int> RunAsync(ReceiverOptions options, string show, HostContext context, CancellationToken stop)
    {
        await using var stores = ReceiverStores.Open(options, context.Time, context.Random);
        try
        {
            var answer = await new ReplaceSource(stores, options.Remotes, Recorders.Connect(context.Time)).RunAsync(show, stop);
            if (!answer.Done)
            {
                throw new CliException(answer.Text);
            }

            await context.Out.WriteLineAsync(answer.Text);
            return ExitCodes.Done;
        }
        catch (StorageException error) when (error.Fault == StorageFault.Locked)
        {
            throw new CliException($"{error.Message} Stop the receiver while a source is replaced.", cause: error);
        }
        catch (Exception error) when (error is StorageException or RecorderException)
        {
            throw new CliException(error.Message, cause: error);
        }
    }
}
