await AudioRelay.Benchmarks.Codecs.CodecBenchmark.Run(Console.Out);
