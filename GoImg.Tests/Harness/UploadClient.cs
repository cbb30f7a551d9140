using System.Net.Http.Headers;
using System.Runtime.CompilerServices;

namespace GoImg.Tests.Harness;

/// <summary>Uploads as API clients do: a multipart form with a bearer token.</summary>
public static class UploadClient
{
    // Signing in costs what a password's hash costs: once for a member is enough.
    private static readonly ConditionalWeakTable<MemberClient, Task<string>> Tokens = [];

    /// <summary>An antiforgery token that goes with the browser's cookies.</summary>
    public static async Task<string> TokenAsync(this MemberClient member) =>
        Forms.TokenIn(await member.Http.GetStringAsync("/account", TestContext.Current.CancellationToken));

    public static async Task<HttpResponseMessage> PostFileAsync(
        this MemberClient member,
        byte[] file,
        Dictionary<string, string>? fields = null,
        bool fieldsFirst = true
    )
    {
        using var form = Form(file, fields ?? [], fieldsFirst);
        return await member.PostImageAsync(form);
    }

    /// <summary>Whatever content is there, to where images are uploaded.</summary>
    public static async Task<HttpResponseMessage> PostImageAsync(this MemberClient member, HttpContent content, CancellationToken? leave = null)
    {
        var token = await Tokens.GetValue(member, SignInAsync);
        using var http = new HttpClient { BaseAddress = member.App.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/images") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, leave ?? TestContext.Current.CancellationToken);
    }

    private static async Task<string> SignInAsync(MemberClient member)
    {
        using var api = new ApiClient(member.App);
        await api.SignInAsync(member.Username);
        return api.AccessToken;
    }

    public static MultipartFormDataContent Form(byte[] file, Dictionary<string, string> fields, bool fieldsFirst)
    {
        var form = new MultipartFormDataContent();
        if (!fieldsFirst)
            form.Add(new ByteArrayContent(file), "file", "test.png");
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        if (fieldsFirst)
            form.Add(new ByteArrayContent(file), "file", "test.png");
        return form;
    }
}
