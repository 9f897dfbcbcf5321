namespace AudioRelay.Http.Security.SignIn;

/// <summary>A sign-in of the web UI, as its cookie tells it.</summary>
/// <param name="Id">Its number, by chance.</param>
/// <param name="IssuedUs">When the cookie was made, UTC µs.</param>
/// <param name="ExpiresUs">Until when it opens anything, UTC µs.</param>
internal sealed record SignedIn(long Id, long IssuedUs, long ExpiresUs);
