namespace GoImg.Tests.Harness;

/// <summary>Uploads as the tray does: a multipart form with the antiforgery token in a header.</summary>
public static class UploadClient
{
    /// <summary>An antiforgery token that goes with the browser's cookies.</summary>
    public static async Task<string> TokenAsync(this MemberClient member) =>
        Forms.TokenIn(await member.Http.GetStringAsync("/account", TestContext.Current.CancellationToken));

    public static async Task<HttpResponseMessage> PostFileAsync(
        this MemberClient member, byte[] file, Dictionary<string, string>? fields = null, bool fieldsFirst = true, string? token = null)
    {
        using var form = Form(file, fields ?? [], fieldsFirst);
        return await member.PostAsync("/uploads", form, token);
    }

    public static async Task<HttpResponseMessage> PostAsync(this MemberClient member, string path, HttpContent content, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        token ??= await member.TokenAsync();
        if (token.Length > 0)
            request.Headers.Add("RequestVerificationToken", token);
        return await member.Http.SendAsync(request, TestContext.Current.CancellationToken);
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
