using GoImg.Web.Hosting.Demo.Pictures;

namespace GoImg.Web.Hosting.Demo;

/// <summary>A kind of picture: how it is painted and what people would call it.</summary>
/// <param name="Alt">What one sees; the palette's words follow.</param>
internal sealed record Scene(Action<Canvas, Dice, Palette> Paint, string Alt, string[] Tags, string[] Titles)
{
    public static readonly IReadOnlyList<Scene> All =
    [
        new(Landscapes.Hills, "Mountain ridges behind one another, paler with distance, below a low sun", ["mountains", "mist", "landscape"],
            ["Seven ridges", "Before the village wakes", "Long way home", "The far side", "Morning counts its hills", "Where the road gives up", "Blue hour, no wind", "Shepherd's view", "Above the fog line", "Nobody up here", "Second breakfast spot", "The old border", "Echo valley"]),
        new(Patterns.Flow, "Thousands of fine strokes that follow an invisible current", ["abstract", "lines", "generative"],
            ["Undertow", "Combed", "Grain of the river", "Wind tunnel", "Fur of a sleeping giant", "Nine currents", "Slow weather", "What the kelp knows", "Brushed twice", "Eddy", "Wool", "After the ferry passed", "Loose threads"]),
        new(Landscapes.Sunset, "The sun low over a calm sea, its light broken by ripples", ["sea", "sunset", "clouds"],
            ["Last ferry", "Salt on the lens", "Quarter to nine", "The harbour is behind me", "Low tide, high clouds", "Someone sang", "End of the pier", "No signal", "The sea kept the light", "Summer, second to last day", "A minute later it was gone", "Swim before supper", "Leaving again"]),
        new(Patterns.Poster, "Circles, arcs and stripes on a grid of squares", ["poster", "geometry", "abstract"],
            ["Concert, row F", "Composition with a hole", "Tiles for a small bathroom", "Grand opening", "Signals", "Kindergarten, 1926", "Four quarters and a rest", "Exhibition poster no. 3", "Wooden blocks", "Half a biscuit", "Timetable", "Everything in its square", "Moon over the car park"]),
        new(Landscapes.Lake, "Snow-covered mountains mirrored in a still lake", ["mountains", "lake", "reflection"],
            ["Upside down", "Too cold to swim", "Mirror test", "The lake has two mountains", "Oars in", "First snow", "Silence, with ducks", "North shore", "Postcard nobody sent", "Stone skipping, paused", "Camp two", "As above", "The ice is a week away"]),
        new(Patterns.Glass, "A mosaic of bevelled pieces of coloured glass set in dark lead", ["mosaic", "glass", "abstract"],
            ["Chapel window, east", "Dragonfly close-up", "Dry lake bed", "Shards, sorted by mood", "Giraffe study", "Stained", "A map of small kingdoms", "Pebbles through water", "Light from the nave", "Cells", "Broken plate, repaired", "Turtle's back", "Neighbours"]),
        new(Nights.Stars, "The band of the Milky Way above dark hills", ["night", "stars", "milkyway"],
            ["Thirty seconds of nothing", "Counting failed", "Old light", "The neighbours' galaxy", "Away from the city at last", "Tent, 2 a.m.", "River overhead", "Cold hands, good sky", "New moon", "Dust and distance", "Look up", "A dog barked at it", "No filter, just winter"]),
        new(Patterns.Paper, "Sheets of cut paper in waves, each throwing a shadow on the next", ["papercut", "waves", "abstract"],
            ["Cut with nail scissors", "Eight sheets", "Tide table", "Layer cake", "Folded sea", "Hills for a stage set", "Paper weather", "Quiet afternoon with glue", "Strata", "Duvet landscape", "Slow wave", "Blankets", "The edge of the page"]),
        new(Landscapes.Forest, "Spruces in mist, row behind row", ["forest", "mist", "trees"],
            ["The quiet row", "Owl hours", "Somewhere in there is a path", "Resin", "Mushroom weather", "The trees stood back", "Listen", "Fog comes uphill", "Needles", "Last bus stop", "Lost, but not very", "Deer left a minute ago", "Timber line"]),
        new(Patterns.Marble, "Folded veins like marbled paper or cooling lava", ["marble", "texture", "abstract"],
            ["Endpaper", "Do not touch, still warm", "Agate, cut", "Oil on a puddle", "Bark beetle diary", "Satellite, band 7", "Poured twice", "Inside the kiln", "River delta from the window seat", "Crumpled silk", "Caramel accident", "Geology homework", "Slow fire"]),
        new(Nights.Aurora, "Curtains of northern lights over a dark ridge", ["night", "aurora", "north"],
            ["It hums, they say", "Curtain call", "Solar wind, strong breeze", "Green at first", "Kp 6", "Everyone out of the cabin", "The sky breathes", "Frozen tripod", "Ribbon", "Half past midnight", "Fox fires", "Lights over the ridge", "Worth the frostbite"]),
        new(Reliefs.Island, "An island seen from above, with surf along its coast and contour lines on its heights", ["map", "island", "aerial"],
            ["Here be goats", "Chart 12, uncorrected", "Uninhabited", "From the mail plane", "Volcano, retired", "Landing not advised", "Two bays and a rumour", "The surveyor's dream", "Coast of somewhere", "Anchorage", "Atlas, page 88", "Low-lying parts", "Drawn from memory"]),
        new(Landscapes.Dunes, "Sand dunes with rippled flanks, light on one side and shade on the other", ["desert", "dunes", "landscape"],
            ["Sand in everything", "Wind writes, wind erases", "Noon, no shade", "The caravan was here", "Four steps up, three back", "Ripples", "Empty quarter", "Siesta", "Ridge walk", "Nothing to see, so I looked", "Grains", "The dune moved", "Golden ratio, roughly"]),
        new(Patterns.Arcs, "Interlaced bands of quarter circles without beginning or end", ["pattern", "truchet", "geometry"],
            ["One continuous thought", "Wallpaper, seventies wing", "Railway museum", "Labyrinth for ants", "Knitted", "Where does it start", "Woven road", "Fingerprints", "Loop after loop", "Cable stitch", "Zen, raked", "Follow the yellow one", "Detour"]),
        new(Nights.City, "A skyline at night with lit windows, mirrored in water", ["city", "night", "skyline"],
            ["Everyone is home", "Lift out of order", "Third window from the left", "Night shift", "Quarter moon, full trains", "Across the river", "The office that never sleeps", "Insomnia", "Rooftop, folding chairs", "Lights on for the cat", "Downtown, 23:40", "Somebody is cooking", "Last tram"]),
        new(Reliefs.Spheres, "Polished balls on a chequered floor, mirroring each other", ["render", "spheres", "raytracing"],
            ["Hello, 1986", "Marbles, enlarged", "The obligatory chequerboard", "Reflect on it", "Six rays a pixel", "Ball room", "Render time: yes", "Gravity holiday", "Chess without pieces", "Waiting for the queen", "Chrome was sold out", "Bowling, abstractly", "Shiny things"]),
    ];
}
