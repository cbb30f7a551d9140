namespace GoImg.Demo;

/// <summary>Who lives in the demonstration, and what they say.</summary>
internal sealed record DemoPerson(string Username, string Name, string Bio)
{
    public static readonly IReadOnlyList<DemoPerson> All =
    [
        new("mara", "Mara Lindqvist", "Mountains before breakfast. Everything here was carried up on foot."),
        new("tomasz", "Tomasz Wrona", "Printmaker. I cut paper until it looks like weather."),
        new("ines", "Inês Duarte", "Keeper of this gallery's peace. Photographs the sea when no one reports anything."),
        new("kofi", "Kofi Asante", "Night person. Long exposures, short sentences."),
        new("yuki", "Yuki Tanabe", "Patterns, tiles, textiles. If it repeats, I am there."),
        new("elena", "Elena Petrova", "I write small programs that draw large pictures."),
        new("noor", "Noor Haddad", "Cartographer by day. The islands are invented, the contour lines are not."),
        new("sam", "Sam Okafor", ""),
    ];

    /// <summary>Keeps the queue in order.</summary>
    public const string Moderator = "ines";

    public static readonly string[] Comments =
    [
        "The light in this one!",
        "How long did you wait for that?",
        "I'd hang this in the kitchen.",
        "This is the view I had as a child.",
        "Those colours together are brave. It works.",
        "Prints available?",
        "Second time I come back to this.",
        "What are the coordinates? Asking for a friend.",
        "I can hear the silence.",
        "Top left corner is my favourite part.",
        "You should do a whole series.",
        "My desktop thanks you.",
        "Quietly excellent.",
        "Looks simple. Is not simple.",
        "I tried this last winter and failed. Respect.",
        "There is a face in it and now I can't unsee it.",
        "More of these, please.",
        "The small one on the right steals the show.",
        "Better large. Much better large.",
        "Saved.",
    ];

    public static readonly (string Title, string Description)[] Albums =
    [
        ("Walks", "One picture from each."),
        ("For the hallway", "Candidates. Vote with hearts."),
        ("Blue things", ""),
        ("Water", "Still, moving, frozen."),
        ("Work in progress", "Not finished, but not hidden either."),
        ("Best of spring", ""),
        ("After dark", "Tripod required."),
        ("Squares", "Mostly."),
        ("Experiments", "Some of these were mistakes."),
        ("Quiet", "Nothing happens here."),
        ("Wallpapers", "Take one."),
        ("Maps of nowhere", ""),
    ];
}
