using AudioRelay.TestKit.Fuzzing;
using AudioRelay.TestKit.Tools;

namespace AudioRelay.Media.Tests.Codecs;

/// <summary>Runs each batch in a child process: there a fault in native code is a failure to count, not the end of the tests.</summary>
public sealed class DecoderFuzzTests
{
    [Theory]
    [InlineData(nameof(DecoderFuzzBatches.Mpg123))]
    [InlineData(nameof(DecoderFuzzBatches.Faad))]
    [InlineData(nameof(DecoderFuzzBatches.Libavcodec_with_MP3))]
    [InlineData(nameof(DecoderFuzzBatches.Libavcodec_with_AAC))]
    public async Task No_damaged_stream_brings_a_decoder_down_and_clean_sound_is_heard_again(string batch)
    {
        var limit = TimeSpan.FromMinutes(5) + (FuzzRun.Seeds().Count() * TimeSpan.FromMilliseconds(20));
        var output = await RunBatch(batch, limit);

        // That the child really ran its batch.
        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_that_dies_of_a_native_fault_is_a_failure_with_the_last_case_named()
    {
        var error = await Assert.ThrowsAsync<ToolException>(() =>
            RunBatch(nameof(DecoderFuzzBatches.A_fault_in_native_code), TimeSpan.FromMinutes(1))
        );

        Assert.Contains("case 42", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> RunBatch(string batch, TimeSpan limit)
    {
        var program = Path.ChangeExtension(typeof(DecoderFuzzTests).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        string[] arguments = ["-explicit", "only", "-noColor", "-method", $"{typeof(DecoderFuzzBatches).FullName}.{batch}"];
        var output = await ToolProcess.Run(program, arguments, limit: limit, token: TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(output);
    }
}
