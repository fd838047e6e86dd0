# The newest version, epochs, tildes and carets told apart as rpm does; the installed one stays where it will do.
repo system 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: kept 1 1 noarch
#>=Prv: kept = 1-1
repo one 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: kept 2 1 noarch
#>=Prv: kept = 2-1
#>=Pkg: a 1.0~rc1 1 noarch
#>=Prv: a = 1.0~rc1-1
#>=Pkg: a 1.0 1 noarch
#>=Prv: a = 1.0-1
#>=Pkg: a 1.0^git 1 noarch
#>=Prv: a = 1.0^git-1
#>=Pkg: b 9 1 noarch
#>=Prv: b = 9-1
#>=Pkg: b 1:1 1 noarch
#>=Prv: b = 1:1-1
system x86_64 rpm system
job install name a
job install name b
job install name kept
result transaction,problems <inline>
#>install a-1.0^git-1.noarch@one
#>install b-1:1-1.noarch@one
nextjob
job install name a < 1.0
result transaction,problems <inline>
#>install a-1.0~rc1-1.noarch@one
