using AudioRelay.Streams.Receiver.Turns;

namespace AudioRelay.Streams.Tests.Receiver.Turns;

public sealed class TurnOrderTests
{
    [Fact]
    public void So_many_at_a_time_and_then_who_waits_longest()
    {
        var order = new TurnOrder(2);
        Assert.Equal(["a"], order.Want("a"));
        Assert.Equal(["b"], order.Want("b"));
        Assert.Empty(order.Want("c"));
        Assert.Empty(order.Want("d"));
        Assert.Equal((2, 2), (order.Taken.Count, order.Waiting));
        Assert.Equal(["c"], order.Done("a"));
        Assert.Equal(["d"], order.Done("b"));
    }

    [Fact]
    public void Who_was_served_longest_ago_comes_first_whoever_asks_first()
    {
        var order = new TurnOrder(1);
        foreach (var who in (string[])["a", "b", "c"])
        {
            order.Want(who);
            order.Done(who);
        }

        order.Want("x");
        order.Want("c");
        order.Want("a");
        order.Want("b");
        Assert.Equal(["a"], order.Done("x"));
        Assert.Equal(["b"], order.Done("a"));
        Assert.Equal(["c"], order.Done("b"));
    }

    [Fact]
    public void A_show_that_catches_up_does_not_keep_the_others_waiting()
    {
        var order = new TurnOrder(1);
        order.Want("catching up");
        order.Want("live");
        Assert.Equal(["live"], order.Done("catching up"));
        Assert.Empty(order.Want("catching up"));
        Assert.Equal(["catching up"], order.Done("live"));
    }

    [Fact]
    public void Asking_twice_is_one_turn_and_an_answer_that_went_astray_is_given_again()
    {
        var order = new TurnOrder(1);
        Assert.Equal(["a"], order.Want("a"));
        Assert.Equal(["a"], order.Want("a"));
        order.Want("b");
        Assert.Empty(order.Want("b"));
        Assert.Equal(["b"], order.Done("a"));
        Assert.Empty(order.Done("b"));
        Assert.Empty(order.Done("b"));
    }

    [Fact]
    public void Who_does_not_want_its_turn_any_more_is_passed_over()
    {
        var order = new TurnOrder(1);
        order.Want("a");
        order.Want("b");
        order.Want("c");
        order.Done("b");
        Assert.Equal(["c"], order.Done("a"));
    }
}
