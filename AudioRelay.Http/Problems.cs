using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AudioRelay.Http;

/// <summary>Answers that say no: problem+json that also carries <c>error</c>, which clients of the predecessor read.</summary>
public static class Problems
{
    /// <summary>An answer of any status.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="detail">What is wrong, for a person.</param>
    /// <param name="fields">What an endpoint adds.</param>
    public static ProblemHttpResult Of(int status, string detail, params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["error"] = detail };
        foreach (var (name, value) in fields)
        {
            extensions[name] = value;
        }

        return TypedResults.Problem(detail: detail, statusCode: status, extensions: extensions);
    }

    /// <summary>400: the request cannot be read.</summary>
    public static ProblemHttpResult Bad(string detail) => Of(StatusCodes.Status400BadRequest, detail);

    /// <summary>404: it never was.</summary>
    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    /// <summary>410: it was, and retention removed it.</summary>
    public static ProblemHttpResult Gone(string detail) => Of(StatusCodes.Status410Gone, detail);

    /// <summary>422: understood, but over a limit.</summary>
    public static ProblemHttpResult OverLimit(string detail, string limit) =>
        Of(StatusCodes.Status422UnprocessableEntity, detail, ("limit", limit));
}
