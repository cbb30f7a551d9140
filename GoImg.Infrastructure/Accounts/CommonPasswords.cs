namespace GoImg.Infrastructure.Accounts;

/// <summary>Long passwords that are guessed first, made by the recipes people use to make a short favourite long enough:
/// a word twice, two favourites in a row, a favourite and a number, a walk over the keyboard, a sequence.
/// See docs/adr/0007-password-blocklist.md for why these and not a published list.</summary>
internal static class CommonPasswords
{
    private static readonly string[] Favourites =
    [
        "password",
        "passwort",
        "motdepasse",
        "contrasena",
        "letmein",
        "welcome",
        "iloveyou",
        "admin",
        "administrator",
        "login",
        "master",
        "secret",
        "access",
        "dragon",
        "monkey",
        "princess",
        "sunshine",
        "shadow",
        "football",
        "baseball",
        "basketball",
        "superman",
        "batman",
        "starwars",
        "pokemon",
        "michael",
        "jordan",
        "charlie",
        "jessica",
        "jennifer",
        "summer",
        "winter",
        "spring",
        "autumn",
        "flower",
        "freedom",
        "whatever",
        "trustno",
        "computer",
        "internet",
        "changeme",
        "default",
        "guest",
        "qwerty",
        "qwertz",
        "azerty",
        "qwertyuiop",
        "asdfgh",
        "asdfghjkl",
        "zxcvbn",
        "zxcvbnm",
        "abc",
        "abcdef",
        "test",
        "testing",
        "hello",
        "goimg",
        "gallery",
        "photo",
        "photos",
        "picture",
        "pictures",
        "image",
        "images",
        "camera",
        "liverpool",
        "arsenal",
        "chelsea",
        "barcelona",
        "juventus",
        "google",
        "facebook",
        "instagram",
        "samsung",
        "iphone",
        "android",
        "windows",
        "linux",
        "ubuntu",
        "debian",
        "docker",
    ];

    private static readonly string[] Endings =
    [
        "1",
        "12",
        "123",
        "1234",
        "12345",
        "123456",
        "1234567",
        "12345678",
        "123456789",
        "1234567890",
        "0",
        "01",
        "007",
        "11",
        "111",
        "1111",
        "22",
        "69",
        "99",
        "100",
        "2000",
        "321",
        "4321",
        "54321",
        "654321",
        "987654321",
        "!",
        "!!",
        "!!!",
        "1!",
        "12!",
        "123!",
        "1234!",
        "12345!",
        "@123",
        "@1234",
        "#1",
        "#123",
        "_123",
        "-123",
        .. Enumerable.Range(1980, 61).Select(year => year.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];

    private static readonly string[] Rows =
    [
        "1234567890",
        "0987654321",
        "qwertyuiop",
        "poiuytrewq",
        "asdfghjkl",
        "lkjhgfdsa",
        "zxcvbnm",
        "mnbvcxz",
        "qwertzuiop",
        "azertyuiop",
        "abcdefghijklmnopqrstuvwxyz",
        "zyxwvutsrqponmlkjihgfedcba",
        "1q2w3e4r5t6y7u8i9o0p",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
        "q1w2e3r4t5y6u7i8o9p0",
        "qazwsxedcrfvtgbyhnujm",
        "1a2b3c4d5e6f7g8h9i0j",
        "a1b2c3d4e5f6g7h8i9j0",
        "zaq12wsxcde34rfv",
        "!@#$%^&*()_+",
        "qweasdzxc",
        "147258369",
        "789456123",
        "112233445566778899",
        "11223344556677889900",
        "123123123123",
    ];

    /// <summary>All of them, lower case, at least <paramref name="minLength"/> characters long; with repeats.</summary>
    public static IEnumerable<string> Generate(int minLength) => All().Where(password => password.Length >= minLength);

    private static IEnumerable<string> All()
    {
        foreach (var word in Favourites)
        {
            yield return word + word;
            yield return word + word + word;
            foreach (var other in Favourites)
                yield return word + other;
            foreach (var end in Endings)
            {
                yield return word + end;
                yield return end + word;
                yield return word + word + end;
                yield return "my" + word + end;
                yield return "the" + word + end;
            }
        }

        foreach (var row in Rows)
        {
            // Any stretch of a walk, walked on into the next or repeated.
            for (var length = 6; length <= row.Length; length++)
            {
                var walk = row[..length];
                yield return walk;
                yield return walk + walk;
                foreach (var other in Rows)
                    yield return walk + other[..Math.Min(length, other.Length)];
                foreach (var end in Endings)
                    yield return walk + end;
            }
        }
    }
}
