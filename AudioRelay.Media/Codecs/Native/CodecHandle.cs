using System.Runtime.InteropServices;

namespace AudioRelay.Media.Codecs.Native;

/// <summary>A codec's native object: released once, also when its owner was forgotten.</summary>
internal sealed class CodecHandle : SafeHandle
{
    private readonly Action<nint> _release;

    /// <summary>Takes over a native object.</summary>
    /// <param name="handle">Its address.</param>
    /// <param name="release">Frees it.</param>
    public CodecHandle(nint handle, Action<nint> release)
        : base(0, ownsHandle: true)
    {
        _release = release;
        SetHandle(handle);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>
    /// The address, for one native call. The caller keeps this object alive over the call (it is a field of the caller, which is
    /// used by one thread at a time).
    /// </summary>
    public nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        _release(handle);
        return true;
    }
}
