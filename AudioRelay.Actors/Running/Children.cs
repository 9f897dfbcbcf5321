namespace AudioRelay.Actors.Running;

/// <summary>The children of one actor. Read by snapshots from any thread.</summary>
internal sealed class Children
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, ActorCell> _byName = new(StringComparer.Ordinal);
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byName.Count;
            }
        }
    }

    public void Add(ActorCell child)
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw new InvalidOperationException($"{child.Path}: its parent is ending and takes no more children.");
            }

            if (!_byName.TryAdd(child.Name, child))
            {
                throw new InvalidOperationException($"{child.Path}: there is an actor of that name already, perhaps still ending.");
            }
        }
    }

    public void Remove(ActorCell child)
    {
        lock (_gate)
        {
            _byName.Remove(child.Name);
        }
    }

    public bool Contains(ActorCell child)
    {
        lock (_gate)
        {
            return _byName.TryGetValue(child.Name, out var found) && found == child;
        }
    }

    public ActorCell? Find(string name)
    {
        lock (_gate)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    public IReadOnlyList<ActorCell> All()
    {
        lock (_gate)
        {
            return [.. _byName.Values];
        }
    }

    public void Open()
    {
        lock (_gate)
        {
            _closed = false;
        }
    }

    /// <summary>Takes no more of them.</summary>
    /// <returns>Those that are there.</returns>
    public IReadOnlyList<ActorCell> Close()
    {
        lock (_gate)
        {
            _closed = true;
            return [.. _byName.Values];
        }
    }
}
