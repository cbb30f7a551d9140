namespace GoImg.Tests.Harness;

/// <summary>Posts a page's form as a browser without script does: first the page, then its antiforgery token with the fields.</summary>
public static class Forms
{
    /// <param name="handler">The form's <c>@formname</c>; null for a form that posts to an endpoint of its own.</param>
    public static async Task<HttpResponseMessage> PostFormAsync(
        this HttpClient browser,
        string page,
        string? handler,
        Dictionary<string, string> fields,
        string? action = null
    )
    {
        var html = await browser.GetStringAsync(page, TestContext.Current.CancellationToken);
        fields["__RequestVerificationToken"] = TokenIn(html);
        if (handler is not null)
            fields["_handler"] = handler;
        using var content = new FormUrlEncodedContent(fields);
        return await browser.PostAsync(action ?? page, content, TestContext.Current.CancellationToken);
    }

    /// <summary>The first antiforgery token of a page; they are all good for all of its forms.</summary>
    public static string TokenIn(string html)
    {
        const string Before = "name=\"__RequestVerificationToken\" value=\"";
        var start = html.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        Assert.True(start >= Before.Length, "The page has no form.");
        return WebUtility.HtmlDecode(html[start..html.IndexOf('"', start)]);
    }
}
