using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AudioRelay.Http.Security.Limits;

/// <summary>Holds callers to the <see cref="RouteLimit"/> of what they ask for: 429, and when to come back.</summary>
internal sealed class LimitGate(TimeProvider time)
{
    private static readonly TimeSpan WhenBusy = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<RouteLimit, Budget> _budgets = new();

    /// <summary>Puts the gate behind the one that knows the caller.</summary>
    public void Use(IApplicationBuilder app) =>
        app.Use(next =>
            context => context.GetEndpoint()?.Metadata.GetMetadata<RouteLimit>() is { } limit ? Run(context, limit, next) : next(context)
        );

    private async Task Run(HttpContext context, RouteLimit limit, RequestDelegate next)
    {
        var budget = _budgets.GetOrAdd(limit, each => new Budget(each, time));
        if (budget.Throttle.Take(Who(context)) is { } wait)
        {
            await TooMany.Result(context, wait, $"Too many {limit.Name}.").ExecuteAsync(context);
            return;
        }

        if (!budget.Enter())
        {
            await TooMany
                .Result(context, WhenBusy, $"{limit.AtOnce} {limit.Name} are running, which is as many as there may be.")
                .ExecuteAsync(context);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            budget.Leave();
        }
    }

    private static string Who(HttpContext context) =>
        CallerIdentity.Of(context).Grant is { } grant ? "token " + grant.Name : "address " + Caller.Address(context);

    private sealed class Budget(RouteLimit limit, TimeProvider time)
    {
        private int _running;

        public Throttle Throttle { get; } = new(limit.Rate, time);

        public bool Enter()
        {
            if (Interlocked.Increment(ref _running) <= (limit.AtOnce ?? int.MaxValue))
            {
                return true;
            }

            Leave();
            return false;
        }

        public void Leave() => Interlocked.Decrement(ref _running);
    }
}
