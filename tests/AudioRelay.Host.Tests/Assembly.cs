using AudioRelay.TestKit.Postgres;

[assembly: AssemblyFixture(typeof(SharedPostgres))]
