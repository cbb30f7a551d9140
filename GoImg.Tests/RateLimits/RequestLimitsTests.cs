using GoImg.Tests.Harness;

namespace GoImg.Tests.RateLimits;

public sealed class RequestLimitsTests
{
    [Fact]
    public async Task The_API_tells_how_many_requests_are_left_and_refuses_with_words_and_a_time()
    {
        await using var app = await GoImgApp.StartAsync("Limits:RequestsPerMinute=3");
        using var api = new ApiClient(app);

        var first = await api.GetAsync("users/me");
        await api.GetAsync("users/me");
        await api.GetAsync("users/me");
        var refused = await api.GetAsync("users/me");

        Assert.Equal("3", first.Headers.GetValues("RateLimit-Limit").Single());
        Assert.Equal("2", first.Headers.GetValues("RateLimit-Remaining").Single());
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("application/problem+json", refused.ContentType);
        Assert.Contains("the limit is 3 in 1 minute", refused["detail"], StringComparison.Ordinal);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("application/json", "{", HttpStatusCode.BadRequest)]
    [InlineData("text/plain", "x", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_request_that_could_not_be_read_is_told_how_it_stands_too(string contentType, string body, HttpStatusCode status)
    {
        await using var app = await GoImgApp.StartAsync("Limits:RequestsPerMinute=3");
        using var api = new ApiClient(app);

        var answer = await api.SendContentAsync(HttpMethod.Post, "auth/login", new StringContent(body, System.Text.Encoding.UTF8, contentType));

        Assert.Equal(status, answer.Status);
        Assert.Equal(("3", "2"), (answer.Headers.GetValues("RateLimit-Limit").Single(), answer.Headers.GetValues("RateLimit-Remaining").Single()));
        Assert.NotEmpty(answer.Headers.GetValues("RateLimit-Reset"));
    }

    [Fact]
    public async Task A_forwarded_header_from_just_anyone_does_not_make_a_new_address()
    {
        await using var app = await GoImgApp.StartAsync("Limits:RequestsPerMinute=2");
        var answers = new List<HttpStatusCode>();

        for (var i = 0; i < 4; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/users/me");
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
            using var answer = await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
            answers.Add(answer.StatusCode);
        }

        Assert.Equal(2, answers.Count(a => a == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Pages_are_counted_apart_and_refused_with_a_page()
    {
        await using var app = await GoImgApp.StartAsync("Limits:PagesPerMinute=2", "Limits:RequestsPerMinute=100");

        await app.Anonymous.GetAsync("/sign-in", TestContext.Current.CancellationToken);
        await app.Anonymous.GetAsync("/sign-in", TestContext.Current.CancellationToken);
        using var refused = await app.Anonymous.GetAsync("/sign-in", TestContext.Current.CancellationToken);
        using var health = await app.Anonymous.GetAsync("/health/live", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains(
            "the limit is 2 in 1 minute",
            await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task A_folder_on_its_way_takes_no_page_and_no_upload_from_who_sits_beside()
    {
        await using var app = await GoImgApp.StartAsync("Limits:UploadRequestsPerMinute=2");
        var (ana, ben) = (await app.SignUpAsync("ana"), await app.SignUpAsync("ben"));

        var (first, second, third) = (await AskAsync(ana), await AskAsync(ana), await AskAsync(ana));

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests], [first, second, third]);
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(ben));
        using var page = await ana.GetAsync("/library");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        static async Task<HttpStatusCode> AskAsync(MemberClient member)
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, $"/uploads/{Guid.CreateVersion7()}")
            {
                Headers = { { "Tus-Resumable", "1.0.0" } },
            };
            using var answer = await member.Http.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Style_and_script_are_never_refused_and_a_refused_picture_costs_no_page()
    {
        await using var app = await GoImgApp.StartAsync("Limits:PagesPerMinute=1");
        var page = await app.Anonymous.GetStringAsync("/sign-in", TestContext.Current.CancellationToken);
        var style = System.Text.RegularExpressions.Regex.Match(page, "href=\"(css/[^\"]+)\"").Groups[1].Value;
        using var picture = new HttpRequestMessage(HttpMethod.Get, "/i/nothing/thumb");
        picture.Headers.Add("Sec-Fetch-Dest", "image");

        using var styled = await app.Anonymous.GetAsync("/" + style, TestContext.Current.CancellationToken);
        using var script = await app.Anonymous.GetAsync("/_framework/blazor.web.js", TestContext.Current.CancellationToken);
        using var refused = await app.Anonymous.SendAsync(picture, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, styled.StatusCode);
        Assert.Equal(HttpStatusCode.OK, script.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(0, refused.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("/health/live", "Limits:HealthChecksPerMinute")]
    [InlineData("/health/ready", "Limits:HealthChecksPerMinute")]
    [InlineData("/_framework/blazor.web.js", "Limits:AssetsPerMinute")]
    [InlineData("/logo.svg", "Limits:AssetsPerMinute")]
    [InlineData("/robots.txt", "Limits:PagesPerMinute")]
    [InlineData("/nothing", "Limits:PagesPerMinute")]
    [InlineData("/openapi/v1.json", "Limits:PagesPerMinute")]
    [InlineData("/api/v1/nothing", "Limits:RequestsPerMinute")]
    public async Task Every_path_has_a_limit(string path, string limit)
    {
        await using var app = await GoImgApp.StartAsync($"{limit}=1");
        using var first = await app.Anonymous.GetAsync(path, TestContext.Current.CancellationToken);

        using var second = await app.Anonymous.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.NotEqual(HttpStatusCode.TooManyRequests, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_worker_has_limits_too()
    {
        await using var app = await GoImgApp.StartAsync("Node:Role=worker", "Limits:PagesPerMinute=1");
        using var first = await app.Anonymous.GetAsync("/", TestContext.Current.CancellationToken);
        using var second = await app.Anonymous.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Sign_ins_are_limited_by_address_whatever_the_name()
    {
        await using var app = await GoImgApp.StartAsync("Limits:SignInsPerMinute=3");
        using var api = new ApiClient(app);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
            answers.Add((await api.SignInAsync($"nobody{i}")).Status);

        Assert.Equal(
            [
                HttpStatusCode.Unauthorized,
                HttpStatusCode.Unauthorized,
                HttpStatusCode.Unauthorized,
                HttpStatusCode.TooManyRequests,
                HttpStatusCode.TooManyRequests,
            ],
            answers
        );
    }

    [Fact]
    public async Task A_form_with_a_typing_error_is_no_registration()
    {
        await using var app = await GoImgApp.StartAsync("Limits:RegistrationsPerTenMinutes=1");
        using var api = new ApiClient(app);

        var typo = await api.SendAsync(
            HttpMethod.Post,
            "auth/register",
            new
            {
                username = "ana",
                email = "ana@example.org",
                password = "short",
            }
        );
        var made = await api.SendAsync(
            HttpMethod.Post,
            "auth/register",
            new
            {
                username = "ana",
                email = "ana@example.org",
                password = MemberClient.Password,
            }
        );

        Assert.Equal(HttpStatusCode.BadRequest, typo.Status);
        Assert.Equal(HttpStatusCode.Created, made.Status);
    }

    [Fact]
    public async Task Registrations_are_limited_by_address()
    {
        await using var app = await GoImgApp.StartAsync("Limits:RegistrationsPerTenMinutes=2");
        using var api = new ApiClient(app);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
            answers.Add(
                (
                    await api.SendAsync(
                        HttpMethod.Post,
                        "auth/register",
                        new
                        {
                            username = $"user{i}",
                            email = $"u{i}@example.org",
                            password = MemberClient.Password,
                        }
                    )
                ).Status
            );

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.TooManyRequests], answers);
    }
}
