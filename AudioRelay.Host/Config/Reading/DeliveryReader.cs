namespace AudioRelay.Host.Config.Reading;

/// <summary>The predecessor's keys for pushing finished sections by SFTP, in both of their shapes. Known, so that its files still load.</summary>
internal static class DeliveryReader
{
    public static void Read(TableReader top)
    {
        RefuseWhenOn(top, "export_to_sftp");
        RefuseWhenOn(top, "export_to_remote_periodically");
        if (top.Table("export") is { } export)
        {
            RefuseWhenOn(export, "to_sftp");
            RefuseWhenOn(export, "periodically");
            export.RefuseTheRest();
        }
        if (top.Table("sftp") is { } sftp)
        {
            sftp.Text("host");
            sftp.Number("port", 1, 65535, "ports");
            sftp.Text("username");
            sftp.Text("credential_profile");
            sftp.Text("remote_dir");
            sftp.RefuseTheRest();
            sftp.Diagnostics.Note(sftp.Position, "[sftp] has no effect: deliveries do not exist yet");
        }
    }

    private static void RefuseWhenOn(TableReader table, string key)
    {
        if (table.Flag(key) == true)
        {
            table.Diagnostics.Error(
                table.PositionOf(key),
                $"'{key}' = true: deliveries do not exist yet in this version; set it to false and fetch recordings by export or with a receiver"
            );
        }
    }
}
