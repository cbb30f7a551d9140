using GoImg.Web.Hosting;

return await GoImgHost.RunAsync(args);
