using System.Text;
using AudioRelay.Media.Framing;

namespace AudioRelay.Media.Tests.Framing;

public sealed class FrameHashTests
{
    // Published values of XXH64 with seed 0: what is stored must mean the same for ever.
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999)]
    [InlineData("a", 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0x44BC2CF5AD770999)]
    [InlineData("Call me Ishmael. Some years ago--never mind how long precisely-", 0x02A2E85470D6FD96)]
    public void The_hash_is_XXH64(string text, ulong expected) => Assert.Equal(expected, FrameHash.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Any_changed_byte_changes_the_hash_at_every_length()
    {
        for (var length = 1; length < 70; length++)
        {
            var bytes = new byte[length];
            var seen = new HashSet<ulong> { FrameHash.Of(bytes) };
            for (var at = 0; at < length; at++)
            {
                bytes[at] = 1;
                Assert.True(seen.Add(FrameHash.Of(bytes)), $"length {length}, byte {at}");
                bytes[at] = 0;
            }
        }
    }
}
