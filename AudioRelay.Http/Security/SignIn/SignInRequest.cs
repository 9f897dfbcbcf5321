namespace AudioRelay.Http.Security.SignIn;

/// <summary>What <c>POST /api/session</c> takes.</summary>
/// <param name="Token">The token to exchange for a cookie.</param>
public sealed record SignInRequest(string? Token)
{
    /// <inheritdoc />
    public override string ToString() => "a sign-in";
}
