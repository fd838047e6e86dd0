using NodeImage.Compose.Accounts;
using NodeImage.Core.Files;

namespace NodeImage.Compose.Scriptlets;

/// <summary>Changes to a machine that may yet be taken back.</summary>
internal sealed class MachineCheckpoint(ScriptletMachine machine, FileTreeCheckpoint files, AccountSnapshot accounts, SystemDatabaseRequests requests) : IDisposable
{
    private bool _ended;

    /// <summary>Keeps the changes.</summary>
    public void Commit()
    {
        files.Commit();
        _ended = true;
    }

    /// <summary>Takes back the changes that were not committed.</summary>
    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        files.Dispose();
        machine.Restore(accounts, requests);
    }
}
