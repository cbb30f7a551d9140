namespace GoImg.EmbeddedPostgres;

/// <summary>The private server cannot start. The message is for the operator: what is wrong, where, and the next step.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);
