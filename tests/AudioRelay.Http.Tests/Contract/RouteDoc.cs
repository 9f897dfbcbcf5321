namespace AudioRelay.Http.Tests.Contract;

/// <summary>What the contract says about a route that the route cannot say itself.</summary>
/// <param name="Id">The operation's id: what a generated client calls it.</param>
/// <param name="Tag">Its group.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Query">What may be asked in the query: <c>name:type</c>, with <c>!</c> behind what must be there.</param>
/// <param name="Media">The media type of its answer, where that is not JSON.</param>
/// <param name="Answer">The type of its answer, where the route does not tell.</param>
/// <param name="Status">The status of its answer, where the route does not tell.</param>
internal sealed record RouteDoc(
    string Id,
    string Tag,
    string Summary,
    string Query = "",
    string? Media = null,
    Type? Answer = null,
    int Status = 200
);
