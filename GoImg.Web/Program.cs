using GoImg.Infrastructure.Rendering;

// First of all and alone: the render process loads nothing of the web or the database.
return args is [RenderWorker.Command, ..] ? RenderWorker.Run(args) : Serve(args);

static int Serve(string[] args)
{
    var builder = WebApplication.CreateBuilder(args);
    builder.Build().Run();
    return 0;
}
