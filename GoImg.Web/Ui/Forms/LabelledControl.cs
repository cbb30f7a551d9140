using Microsoft.AspNetCore.Components;

namespace GoImg.Web.Ui.Forms;

/// <summary>What every field has: a label, what is said about it, and a name under which its form posts it.</summary>
public abstract class LabelledControl : ComponentBase
{
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>Where two forms of a page have the same name; <see cref="Field.IdOf"/> makes it otherwise.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>The label is read out but not shown: what surrounds the control says it to those who see.</summary>
    [Parameter]
    public bool IsLabelHidden { get; set; }

    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool Required { get; set; }

    /// <summary>Says so beside the label.</summary>
    [Parameter]
    public bool Optional { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    /// <summary>Of the control.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>Others go to the control: autocomplete, data-*.</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    private protected string Classes => Class is null ? "input" : "input " + Class;
}
