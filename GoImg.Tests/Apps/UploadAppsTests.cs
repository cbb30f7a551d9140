using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GoImg.Core.Accounts;
using GoImg.Core.Images;
using GoImg.Core.SignIn;
using GoImg.Tests.Harness;
using GoImg.Web.Apps;

namespace GoImg.Tests.Apps;

/// <summary>What the page gives out is used as it is, by the programs it is for or by what does as they do.</summary>
public sealed partial class UploadAppsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_script_uploads_a_file_or_what_comes_by_a_pipe_and_prints_the_address()
    {
        var ana = await shared.SignUpAsync("ana");
        using var directory = new TempDirectory();
        var script = await SaveAsync(directory, await MakeAsync(ana, "Script", "unlisted"), UploadScript.Name);
        var odd = Path.Combine(directory.Path, "a \"b\";c,d\n'é.png");
        await File.WriteAllBytesAsync(odd, Pictures.Png(1), Token);

        var named = await RunAsync("bash", [script, odd]);
        var piped = await RunAsync("bash", [script], Pictures.Png(2));
        var again = await RunAsync("bash", [script], Pictures.Png(2));
        var text = await RunAsync("bash", [script], "no image"u8.ToArray());
        var missing = await RunAsync("bash", [script, Path.Combine(directory.Path, "none.png")]);

        foreach (var run in new[] { named, piped })
        {
            Assert.Equal((0, ""), (run.Code, run.Errors));
            var image = await ImageAsync(ana, run.Output.Trim());
            Assert.Equal(Visibility.Unlisted, image.Visibility);
            Assert.StartsWith(shared.App.Address.ToString(), run.Output, StringComparison.Ordinal);
        }

        Assert.Equal(piped.Output, again.Output);
        Assert.NotEqual(0, text.Code);
        Assert.StartsWith("goimg-upload: This is not an image", text.Errors, StringComparison.Ordinal);
        Assert.NotEqual(0, missing.Code);
        Assert.Empty(missing.Output);
    }

    [Fact]
    public async Task The_script_keeps_its_token_off_the_command_line()
    {
        var ana = await shared.SignUpAsync("ana");
        using var directory = new TempDirectory();
        var script = await SaveAsync(directory, await MakeAsync(ana, "Script", "private"), UploadScript.Name);
        // In the place of curl: it tells how it was called.
        await SaveAsync(directory, "#!/bin/sh\nprintf '%s\\n' \"$@\" >&2\necho '{\"page\":\"/i/x\"}'\n", "curl");

        var run = await RunAsync("env", [$"PATH={directory.Path}:{Environment.GetEnvironmentVariable("PATH")}", "bash", script], Pictures.Png());

        Assert.Equal((0, shared.App.Address + "i/x\n"), (run.Code, run.Output));
        Assert.Contains("visibility=private", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(TokenSecret.Prefix, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_curl_command_uploads()
    {
        var ana = await shared.SignUpAsync("ana");
        using var directory = new TempDirectory();
        await File.WriteAllBytesAsync(Path.Combine(directory.Path, "picture.jpg"), Pictures.Png(3), Token);

        var run = await RunAsync("bash", ["-c", $"cd \"$0\" && {await MakeAsync(ana, "Curl", "public")}", directory.Path]);

        Assert.Equal(0, run.Code);
        Assert.Equal(
            Visibility.Public,
            (await ImageAsync(ana, JsonDocument.Parse(run.Output).RootElement.GetProperty("page").GetString()!)).Visibility
        );
    }

    [Fact]
    public async Task The_file_for_ShareX_uploads_as_its_fields_say()
    {
        var ana = await shared.SignUpAsync("ana");
        var uploader = new ShareXUploader(await MakeAsync(ana, "ShareX", "unlisted"));

        var (taken, refused) = (await uploader.UploadAsync(Pictures.Png(4), "a.png"), await uploader.UploadAsync([1, 2, 3], "a.png"));

        Assert.Equal("ImageUploader", uploader.DestinationType);
        Assert.Null(taken.Error);
        Assert.Equal(Visibility.Unlisted, (await ImageAsync(ana, taken.Url!)).Visibility);
        Assert.StartsWith(shared.App.Address.ToString(), taken.Url, StringComparison.Ordinal);
        Assert.EndsWith("/small", taken.Thumbnail, StringComparison.Ordinal);
        Assert.StartsWith("This is not an image", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_steps_for_Shortcuts_name_all_that_is_to_be_typed()
    {
        var ana = await shared.SignUpAsync("ana");

        var page = await PostAsync(ana, "Shortcuts", "unlisted");

        Assert.Contains($"value=\"{shared.App.Address}api/v1/images\"", page, StringComparison.Ordinal);
        Assert.Matches("value=\"Bearer goimg_pat_[0-9A-Za-z]{49}\"", page);
        foreach (var word in new[] { "POST", "Authorization", "visibility", "unlisted", "page" })
            Assert.Contains(word, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ShareX", "ShareX")]
    [InlineData("Script", "Shell and Flameshot")]
    [InlineData("Curl", "curl")]
    [InlineData("Shortcuts", "iOS Shortcuts")]
    public async Task Each_has_a_token_of_its_own_that_may_upload_and_nothing_else_and_is_shown_once(string app, string name)
    {
        var ana = await shared.SignUpAsync("ana");

        var page = await PostAsync(ana, app, "private");
        var secret = SecretIn(page);
        var listed = await shared.App.InScopeAsync((PersonalAccessTokenService tokens) => tokens.ListAsync(ana.Actor, null, 10, Token));

        var token = Assert.Single(listed.Value().Items);
        Assert.Equal(
            (name, TokenScope.Upload, 365.0),
            (token.Name, Assert.Single(token.Scopes), Math.Round((token.ExpiresAt - token.CreatedAt).TotalDays))
        );
        Assert.Equal(TokenSecret.Parse(secret)!.Hash, token.Hash);
        foreach (var later in new[] { "/account/apps", "/account/tokens" })
            Assert.DoesNotContain(TokenSecret.Prefix, await ana.Http.GetStringAsync(later, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_knows_its_name_is_called_by_it()
    {
        await using var app = await GoImgApp.StartAsync("Site:BaseUrl=http://images.example.org:8080", GoImgApp.NoJobs);
        var ana = await app.SignUpAsync("ana");

        var file = JsonDocument.Parse(await MakeAsync(ana, "ShareX", "unlisted")).RootElement;

        Assert.Equal("http://images.example.org:8080/api/v1/images", file.GetProperty("RequestURL").GetString());
        Assert.Equal("images.example.org:8080", file.GetProperty("Name").GetString());
        // The answers name it already.
        Assert.Equal("{json:page}", file.GetProperty("URL").GetString());
    }

    private static async Task<string> PostAsync(MemberClient member, string app, string visibility)
    {
        using var answer = await member.Http.PostFormAsync("/account/apps", "app", new() { ["app"] = app, ["visibility"] = visibility });
        Assert.Equal((HttpStatusCode.OK, true), (answer.StatusCode, answer.Headers.CacheControl?.NoStore));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token));
    }

    /// <summary>The configuration; where there is a file to download, it is that of the text field.</summary>
    private static async Task<string> MakeAsync(MemberClient member, string app, string visibility)
    {
        var page = await PostAsync(member, app, visibility);
        var text = TextArea().Match(page).Groups[1].Value.ReplaceLineEndings("\n");
        if (DataLink().Match(page) is { Success: true } link)
            Assert.Equal(Encoding.UTF8.GetString(Convert.FromBase64String(link.Groups[1].Value)), text);
        return text;
    }

    private static string SecretIn(string page) =>
        Secret().Match(page) is { Success: true } plain ? plain.Value : Secret().Match(TextArea().Match(page).Value).Value;

    private static async Task<string> SaveAsync(TempDirectory directory, string text, string name)
    {
        var path = Path.Combine(directory.Path, name);
        await File.WriteAllTextAsync(path, text, Token);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        return path;
    }

    private async Task<Image> ImageAsync(MemberClient owner, string page)
    {
        var image = await shared.App.InScopeAsync((IImages images) => images.FindBySlugAsync(page.Split('/')[^1], Token));
        Assert.Equal(owner.Id, image!.OwnerId);
        return image;
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string program, string[] arguments, byte[]? input = null)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input ?? [], Token);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it did not want it
        }

        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await errors);
    }

    [GeneratedRegex("<textarea[^>]*>\n?(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex TextArea();

    [GeneratedRegex("href=\"data:[a-z/-]+;base64,([^\"]+)\"")]
    private static partial Regex DataLink();

    [GeneratedRegex("goimg_pat_[0-9A-Za-z]{49}")]
    private static partial Regex Secret();

    /// <summary>As much of ShareX's custom uploaders as the file uses.</summary>
    private sealed class ShareXUploader(string sxcu)
    {
        private readonly JsonElement _file = JsonDocument.Parse(sxcu).RootElement;

        public string DestinationType => Text("DestinationType");

        public async Task<(string? Url, string? Thumbnail, string? Error)> UploadAsync(byte[] bytes, string name)
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Parse(Text("RequestMethod")), Text("RequestURL"));
            foreach (var header in _file.GetProperty("Headers").EnumerateObject())
                request.Headers.Add(header.Name, header.Value.GetString());
            Assert.Equal("MultipartFormData", Text("Body"));
            using var form = new MultipartFormDataContent();
            foreach (var argument in _file.GetProperty("Arguments").EnumerateObject())
                form.Add(new StringContent(argument.Value.GetString()!), argument.Name);
            var file = new ByteArrayContent(bytes);
            file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            form.Add(file, Text("FileFormName"), name);
            request.Content = form;
            using var response = await http.SendAsync(request, Token);
            var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
            return response.IsSuccessStatusCode
                ? (Fill(Text("URL"), answer), Fill(Text("ThumbnailURL"), answer), null)
                : (null, null, Fill(Text("ErrorMessage"), answer));
        }

        private string Text(string field) => _file.GetProperty(field).GetString()!;

        private static string Fill(string pattern, JsonElement answer) =>
            Regex.Replace(
                pattern,
                @"\{json:([a-z_.]+)\}",
                place => place.Groups[1].Value.Split('.').Aggregate(answer, (at, name) => at.GetProperty(name)).GetString()!,
                RegexOptions.None,
                TimeSpan.FromSeconds(1)
            );
    }
}
