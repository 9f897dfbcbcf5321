using System.Net.Http.Headers;
using System.Text;

namespace AudioRelay.EndToEnd.Security;

/// <summary>Asks a program and keeps all it answers, headers too.</summary>
internal sealed class SaidAnswers(HttpClient client)
{
    private readonly StringBuilder _said = new();

    public string All => _said.ToString();

    /// <summary>Whom the next questions are from; null for a stranger.</summary>
    public void Be(string? token) =>
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

    public async Task Get(string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        await Keep(answer);
    }

    public async Task<string> Post(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(path, content, TestContext.Current.CancellationToken);
        return await Keep(answer);
    }

    private async Task<string> Keep(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        _said.Append(answer.Headers).Append(text).AppendLine();
        return text;
    }
}
