using System.Globalization;

namespace AudioRelay.TestKit.Fuzzing;

/// <summary>How many inputs a fuzz test tries, and which: each case has its own seed, so that one failure can be looked at alone.</summary>
/// <remarks>
/// <c>AUDIORELAY_FUZZ</c> is the number of inputs and <c>AUDIORELAY_FUZZ_SEED</c> the first seed. Without them <c>AUDIORELAY_LONG=1</c>
/// (<c>./test --long</c>, the nightly run) tries a hundred times the usual number: a million for ten thousand.
/// </remarks>
public static class FuzzRun
{
    private const int LongFactor = 100;

    /// <summary>The seeds of a run.</summary>
    /// <param name="usual">How many when the environment does not say.</param>
    public static IEnumerable<int> Seeds(int usual = 10_000) =>
        Enumerable.Range(
            Number("AUDIORELAY_FUZZ_SEED") ?? 1,
            Number("AUDIORELAY_FUZZ") ?? (Number("AUDIORELAY_LONG") == 1 ? usual * LongFactor : usual)
        );

    /// <summary>Runs every case; the first failure names its seed.</summary>
    public static void Each(Action<int> run, int usual = 10_000)
    {
        foreach (var seed in Seeds(usual))
        {
            try
            {
                run(seed);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException(
                    $"Fuzz case {seed} (AUDIORELAY_FUZZ_SEED={seed} AUDIORELAY_FUZZ=1): {error.Message}",
                    error
                );
            }
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
