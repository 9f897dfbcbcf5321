using System.Text.Json;
using AudioRelay.Streams.Sync.Wire;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.SyncApi;

/// <summary>A JSON answer with its digest, which a receiver of ours checks.</summary>
/// <param name="value">What is told.</param>
/// <param name="question">What it answers; null where nobody checks that.</param>
internal sealed class SyncAnswer(object value, string? question = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), SyncJson.Options);
        httpContext.Response.Headers[AnswerSeal.DigestHeader] = AnswerSeal.Digest(body);
        if (question is not null)
        {
            httpContext.Response.Headers[AnswerSeal.QuestionHeader] = question;
        }

        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = body.Length;
        await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
