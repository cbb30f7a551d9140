using GoImg.Infrastructure.Rendering;
using GoImg.Web.Hosting;

// First and alone: a render process loads nothing of the web or the database.
return args is [RenderWorker.Command, ..] ? RenderWorker.Run(args) : await GoImgHost.RunAsync(args);
