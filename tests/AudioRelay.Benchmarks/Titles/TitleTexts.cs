using System.Globalization;

namespace AudioRelay.Benchmarks.Titles;

/// <summary>
/// What a station with a large archive has played: two words of an artist, some of a song, the frequent words far more often than the others, so
/// that pieces of three letters are as unevenly spread as in a language. Some words were only used for a while.
/// </summary>
/// <param name="titles">How many there are.</param>
/// <param name="different">How many different songs there are, each played over and over; as many as titles when none is played twice.</param>
internal sealed class TitleTexts(int titles, int different)
{
    private const int VocabularySize = 6_000;
    private static readonly string[] Common = ["the", "of", "love", "you", "night", "and", "in", "my", "a", "Größe"];
    private static readonly string[] Vocabulary = MakeVocabulary();

    /// <summary>Once, in the middle.</summary>
    public const string Rare = "Zanzibar";

    /// <summary>In every second title of the oldest tenth, so in 50,000 of a million, and in none since.</summary>
    public const string Old = "Bygone Hour";

    /// <summary>In every title of the older half, and in none since: a station that said so before each title until it changed its mind.</summary>
    public const string Half = "now on air";

    /// <summary>In every second title of the newest twentieth.</summary>
    public const string New = "Brandnew";

    /// <summary>In one of a thousand, evenly.</summary>
    public const string Seldom = "Quixotic";

    /// <summary>The title at a place in time.</summary>
    public string At(int i)
    {
        if (i == titles / 2)
        {
            return $"{Rare} - Once";
        }

        var song = Song(different >= titles ? i : Place(Mix(i), different));
        return i < titles / 10 && i % 2 == 0 ? $"{Old}: {song}"
            : i < titles / 2 ? $"{Half}: {song}"
            : i >= titles - (titles / 20) && i % 2 == 0 ? $"{song} ({New})"
            : i % 1000 == 1 ? $"{Seldom} {song}"
            : song;
    }

    private static string Song(int number)
    {
        var random = new Random(number);
        var words = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Word(random));
        var version = random.Next(20) == 0 ? " 100% live_set" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Word(random)} {Word(random)} - {string.Join(' ', words)}{version} [{number}]"
        );
    }

    private static string Word(Random random) =>
        random.Next(3) == 0 ? Common[random.Next(Common.Length)] : Vocabulary[Place(random.NextDouble(), VocabularySize)];

    /// <summary>Low places far more often than high ones.</summary>
    private static int Place(double uniform, int count) => (int)(count * uniform * uniform * uniform);

    private static double Mix(int i) => new Random(i).NextDouble();

    private static string[] MakeVocabulary()
    {
        // No q, x or z: what somebody looks for with them is nowhere.
        string[] starts = ["b", "br", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "th", "w"];
        string[] middles = ["a", "e", "i", "o", "u", "ea", "ou", "an", "er", "in"];
        var random = new Random(7);
        string Syllable() => starts[random.Next(starts.Length)] + middles[random.Next(middles.Length)];
        return
        [
            .. Enumerable
                .Range(0, VocabularySize)
                .Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Syllable()))),
        ];
    }
}
