namespace AudioRelay.Host.Config.Reading;

/// <summary>The <c>[runtime]</c> table.</summary>
internal static class RuntimeReader
{
    public static RuntimeConfig Read(TableReader top)
    {
        var normal = new RuntimeConfig();
        if (top.Table("runtime") is not { } table)
        {
            return normal;
        }
        var runtime = new RuntimeConfig
        {
            MailboxSize = table.Number("mailbox_size", 1, 100_000, "messages") ?? normal.MailboxSize,
            BackoffFirst = Time("backoff_first_ms", 1, 60_000, TimeSpan.FromMilliseconds(1), "milliseconds", normal.BackoffFirst),
            BackoffMax = Time("backoff_max_seconds", 1, 3600, TimeSpan.FromSeconds(1), "seconds", normal.BackoffMax),
            RestartBudget = table.Number("restart_budget", 0, 10_000, "restarts") ?? normal.RestartBudget,
            RestartWindow = Time("restart_window_minutes", 1, 1440, TimeSpan.FromMinutes(1), "minutes", normal.RestartWindow),
            StopLimit = Time("stop_limit_seconds", 1, 600, TimeSpan.FromSeconds(1), "seconds", normal.StopLimit),
            LogLines = table.Number("log_lines", 1, 10_000, "lines") ?? normal.LogLines,
            StorageThreads = table.Number("storage_threads", 1, 4, "threads") ?? normal.StorageThreads,
            WriterPatience = Time("writer_patience_seconds", 1, 600, TimeSpan.FromSeconds(1), "seconds", normal.WriterPatience),
            LeaseTime = Time("lease_seconds", 2, 600, TimeSpan.FromSeconds(1), "seconds", normal.LeaseTime),
            LeaseRenewal = Time("lease_renewal_seconds", 1, 300, TimeSpan.FromSeconds(1), "seconds", normal.LeaseRenewal),
            LeaseScan = Time("lease_scan_seconds", 1, 300, TimeSpan.FromSeconds(1), "seconds", normal.LeaseScan),
        };
        table.RefuseTheRest();
        if (runtime.BackoffFirst > runtime.BackoffMax)
        {
            table.Diagnostics.Error(table.PositionOf("backoff_first_ms"), "'backoff_first_ms' is more than 'backoff_max_seconds'");
        }
        if (runtime.LeaseRenewal * 2 > runtime.LeaseTime)
        {
            table.Diagnostics.Error(
                table.PositionOf("lease_renewal_seconds"),
                "'lease_renewal_seconds' must be at most half of 'lease_seconds', so that one late renewal does not lose a show"
            );
        }
        return runtime;

        TimeSpan Time(string key, int least, int most, TimeSpan unit, string name, TimeSpan otherwise) =>
            table.Number(key, least, most, name) is { } number ? number * unit : otherwise;
    }
}
