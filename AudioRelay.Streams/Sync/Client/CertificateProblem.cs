using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AudioRelay.Streams.Sync.Client;

/// <summary>What is wrong with a recorder's certificate, in words.</summary>
internal static class CertificateProblem
{
    /// <summary>Null when nothing is.</summary>
    public static string? Of(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors == SslPolicyErrors.None)
        {
            return null;
        }

        if (chain?.ChainStatus.Any(s => s.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)) == true)
        {
            return "its certificate has expired or is not valid yet. Renew it there, or set the clock here.";
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? "its certificate is for another name. Use the name that it is for as the recorder's address."
            : "its certificate is signed by nobody who is trusted here. Install the certificate of its authority on this machine.";
    }
}
