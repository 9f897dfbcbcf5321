using System.Globalization;

namespace AudioRelay.Actors.Supervision;

/// <summary>A parent's decision about one fault, with its reason in words.</summary>
internal sealed record Verdict(Directive Directive, TimeSpan Delay, string Why)
{
    public static Verdict On(Exception error, SupervisionPolicy policy, FaultHistory faults, TimeProvider time, Func<double> random)
    {
        var faultsSoFar = faults.Add(time);
        Directive decided;
        try
        {
            decided = policy.Decide(error);
        }
        catch (Exception broken)
        {
            return new Verdict(Directive.Escalate, TimeSpan.Zero, $"and the decision about it failed too ({broken.Message})");
        }

        if (decided != Directive.Restart)
        {
            return new Verdict(decided, TimeSpan.Zero, "which the policy does not restart");
        }

        return faultsSoFar <= policy.MaxRestarts
            ? new Verdict(Directive.Restart, policy.Backoff.After(faultsSoFar, random()), $"restart {faultsSoFar} of {policy.MaxRestarts}")
            : new Verdict(policy.WhenSpent, TimeSpan.Zero, $"{policy.MaxRestarts} restarts within {policy.Window} are used up");
    }

    public override string ToString() =>
        Directive switch
        {
            Directive.Restart => string.Create(CultureInfo.InvariantCulture, $"{Why} in {Delay.TotalSeconds:0.###} s"),
            Directive.Stop => $"stopped, {Why}",
            _ => $"escalated, {Why}",
        };
}
