using GoImg.Bench;
using GoImg.Bench.Checks;
using GoImg.Bench.GoImgItself;
using GoImg.Bench.Pages;
using GoImg.Bench.Pipeline;
using GoImg.Bench.Search;
using GoImg.Bench.Serve;
using GoImg.Bench.Signals;

if (args is [RenderStep.Command, ..])
    return await RenderStep.RunAsync(args);

BenchOptions options;
try
{
    options = BenchOptions.Parse(args);
}
catch (FormatException unfit)
{
    await Console.Error.WriteLineAsync(unfit.Message);
    await Console.Error.WriteLineAsync(BenchOptions.Usage);
    return 2;
}

switch (options.Command)
{
    case "pipeline":
        await PipelineBench.RunAsync(options);
        return 0;
    case "search":
        return await SearchBench.RunAsync(options) ? 0 : 1;
    case "pages":
        return await PagesBench.RunAsync(options) ? 0 : 1;
    case "serve":
        return await ServeBench.RunAsync(options) ? 0 : 1;
    case "signals":
        await SignalBench.RunAsync(options);
        return 0;
    case "check":
        return await CheckBench.RunAsync(options) ? 0 : 1;
    default:
        Console.WriteLine(BenchOptions.Usage);
        return options.Command is "" or "help" ? 0 : 2;
}
