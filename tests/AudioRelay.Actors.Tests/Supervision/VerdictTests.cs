using AudioRelay.Actors.Supervision;
using AudioRelay.TestKit.Time;

namespace AudioRelay.Actors.Tests.Supervision;

public sealed class VerdictTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);
    private readonly ManualTime _time = new();
    private readonly FaultHistory _faults = new(_minute);
    private SupervisionPolicy _policy = new()
    {
        Backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), 0),
        MaxRestarts = 3,
        Window = _minute,
    };

    [Fact]
    public void Delays_grow_with_each_fault_until_the_budget_is_spent()
    {
        Assert.Equal([1.0, 2, 4], [Decide().Delay.TotalSeconds, Decide().Delay.TotalSeconds, Decide().Delay.TotalSeconds]);
        var verdict = Decide();
        Assert.Equal(Directive.Escalate, verdict.Directive);
        Assert.Contains("3 restarts", verdict.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spent_budget_can_also_mean_to_stop()
    {
        _policy = _policy with { MaxRestarts = 0, WhenSpent = Directive.Stop };
        Assert.Equal(Directive.Stop, Decide().Directive);
    }

    [Fact]
    public void Outliving_the_delay_does_not_reset_it_but_a_window_without_faults_does()
    {
        Decide();
        _time.Advance(_minute - TimeSpan.FromTicks(1));
        Assert.Equal(2, Decide().Delay.TotalSeconds);
        _time.Advance(_minute);
        Assert.Equal(1, Decide().Delay.TotalSeconds);
    }

    [Fact]
    public void The_budget_is_of_a_window_that_slides()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(Directive.Restart, Decide().Directive);
            _time.Advance(_minute / 3);
        }
    }

    [Theory]
    [InlineData(Directive.Stop)]
    [InlineData(Directive.Escalate)]
    public void The_policy_decides_by_the_fault(Directive directive)
    {
        _policy = _policy with { Decide = error => error is IOException ? directive : Directive.Restart };
        Assert.Equal(directive, Decide(new IOException()).Directive);
        Assert.Equal(Directive.Restart, Decide().Directive);
    }

    [Fact]
    public void A_decision_that_fails_is_an_escalation()
    {
        _policy = _policy with { Decide = _ => throw new NotSupportedException("undecided") };
        var verdict = Decide();
        Assert.Equal(Directive.Escalate, verdict.Directive);
        Assert.Contains("undecided", verdict.Why, StringComparison.Ordinal);
    }

    private Verdict Decide(Exception? error = null) =>
        Verdict.On(error ?? new InvalidOperationException(), _policy, _faults, _time, () => 0.9);
}
