namespace AudioRelay.Host.Config.Reading;

/// <summary>The recorders of a receiver: <c>remote_url</c> for one, <c>[[remotes]]</c> for several.</summary>
internal static class RemoteReader
{
    public static IReadOnlyList<RemoteConfig> Read(TableReader top)
    {
        var insecure = top.Flag("insecure_remote") ?? false;
        var remoteToken = top.Text("remote_token_profile");
        var tables = top.Tables("remotes");
        if (!top.Has("remote_url") && tables.Count > 0)
        {
            List<RemoteConfig> remotes = [.. tables.Select(table => ReadOne(table, insecure)).OfType<RemoteConfig>()];
            foreach (
                var again in remotes.GroupBy(remote => remote.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
            )
            {
                top.Diagnostics.Error(top.PositionOf("remotes"), $"two remotes are called '{again.Key}'");
            }
            top.Value("remote_url");
            if (remoteToken is not null)
            {
                top.Diagnostics.Error(
                    top.PositionOf("remote_token_profile"),
                    "'remote_token_profile' goes with 'remote_url'; with [[remotes]] each has a 'token_profile' of its own"
                );
            }
            return remotes;
        }
        if (tables.Count > 0)
        {
            top.Diagnostics.Error(
                top.PositionOf("remote_url"),
                "'remote_url' is for one recorder and [[remotes]] for several: use one of them"
            );
        }
        return UrlReader.ReadHttp(top, "remote_url", "the address of the recorder, such as 'http://recorder:17000'") is { } url
            ?
            [
                new RemoteConfig
                {
                    Name = "remote",
                    Url = url,
                    TokenProfile = remoteToken,
                    InsecureRemote = insecure,
                },
            ]
            : [];
    }

    private static RemoteConfig? ReadOne(TableReader table, bool insecure)
    {
        var name = table.RequiredText("name", "what the recorder is called here");
        if (name is not null && ShowNames.Problem(name) is { } problem)
        {
            table.Diagnostics.Error(table.PositionOf("name"), problem);
        }
        var url = UrlReader.ReadHttp(table, "url", "the address of the recorder, such as 'http://recorder:17000'");
        var token = table.Text("token_profile");
        var insecureHere = table.Flag("insecure_remote") ?? insecure;
        table.RefuseTheRest();
        return name is null || url is null
            ? null
            : new RemoteConfig
            {
                Name = name,
                Url = url,
                TokenProfile = token,
                InsecureRemote = insecureHere,
            };
    }
}
