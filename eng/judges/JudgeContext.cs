namespace NodeImage.Judges;

/// <summary>What is judged, and where scratch files may go.</summary>
/// <param name="Data">The folder with the data.</param>
/// <param name="Scratch">A folder that is deleted afterwards.</param>
/// <param name="Seed">What choices made by chance begin with.</param>
/// <param name="Requests">How many requests are made up.</param>
internal sealed record JudgeContext(string Data, string Scratch, int Seed, int Requests);
