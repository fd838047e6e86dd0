using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodeImage.Core.Digests;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Layering;

/// <summary>One digest for a whole tree, as far as programs in it could tell.</summary>
internal static class TreeFingerprint
{
    // Programs find no meaning here; leaving them out keeps a change of documentation from costing an initramfs.
    private static readonly string[] Meaningless = ["/usr/share/doc", "/usr/share/man", "/usr/share/info", "/usr/share/licenses", "/usr/share/rpm", "/var"];

    /// <summary>Digests a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="salt">What else the digest stands for.</param>
    public static Sha256Digest Of(FileTree tree, string salt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(salt));
        foreach (var node in tree.Walk())
        {
            var path = node.Path;
            if (Array.Exists(Meaningless, folder => ImagePath.IsWithin(path, folder)))
            {
                continue;
            }

            var inode = node.Inode;
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n{path}\0{inode.Type}\0{inode.Mode}\0{inode.Owner}\0{inode.LinkTarget}\0{inode.Content?.Identity}")));
        }

        return new Sha256Digest(hash.GetHashAndReset());
    }
}
