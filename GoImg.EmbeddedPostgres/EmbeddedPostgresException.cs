namespace GoImg.EmbeddedPostgres;

/// <summary>The private server cannot start, or a program of PostgreSQL did not do its work. The message is for the operator: what is wrong, where, and the next step.</summary>
public sealed class EmbeddedPostgresException(string message, Exception? inner = null) : Exception(message, inner);
