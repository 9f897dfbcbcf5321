using AudioRelay.Streams.Sync.Wire;

namespace AudioRelay.Streams.Tests.Sync.Wire;

public sealed class AnswerBuffersTests
{
    [Fact]
    public void Of_large_buffers_a_few_are_kept_however_many_threads_give_some_back()
    {
        const int size = 5_000_000;
        var buffers = new byte[20][];
        var threads = Enumerable
            .Range(0, buffers.Length)
            .Select(i => new Thread(() =>
            {
                buffers[i] = AnswerBuffers.Rent(size);
                AnswerBuffers.Return(buffers[i]);
            }))
            .ToList();
        foreach (var thread in threads)
        {
            thread.Start();
            thread.Join();
        }

        var again = buffers.Select(_ => AnswerBuffers.Rent(size)).ToList();
        Assert.InRange(again.Count(buffers.Contains), 1, AnswerBuffers.KeptOfASize);
        Assert.InRange(buffers.Distinct().Count(), 1, AnswerBuffers.KeptOfASize);
        again.ForEach(AnswerBuffers.Return);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(AnswerBuffers.Large / 2)]
    [InlineData((AnswerBuffers.Large / 2) + 1)]
    [InlineData(AnswerBuffers.Large)]
    [InlineData(3 * AnswerBuffers.Large)]
    public void A_buffer_is_as_large_as_asked_and_is_taken_back(int size)
    {
        var buffer = AnswerBuffers.Rent(size);
        Assert.True(buffer.Length >= size);
        AnswerBuffers.Return(buffer);
    }
}
