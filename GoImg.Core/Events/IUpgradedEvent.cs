using System.Text.Json.Nodes;

namespace GoImg.Core.Events;

/// <summary>An event whose JSON had other versions before.</summary>
public interface IUpgradedEvent
{
    /// <summary>The JSON of version <paramref name="version"/> as one of the next version; called once for each step.</summary>
    static abstract JsonObject Upgrade(JsonObject json, int version);
}
